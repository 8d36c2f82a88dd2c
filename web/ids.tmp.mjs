const base="http://localhost:7912";
const r=await fetch(base+"/api/v1/session",{method:"POST",headers:{"X-Sanbao":"1","content-type":"application/json"},body:JSON.stringify({login:"weilan",password:"demo1234"})});
const cookie=r.headers.get("set-cookie").split(";")[0];
const get=async p=>(await fetch(base+"/api/v1/"+p,{headers:{cookie}})).json();
const t=await get("cases?area=training&open=true"); console.log("T",t.items.map(c=>c.id+" "+c.number+" "+c.state.id).join(" | "));
const w=await get("certificates"); for(const x of w.items) if(x.case_id) {const c=await get("cases/"+x.case_id); console.log("C",x.person.name,x.case_id,c.documents.map(d=>d.id+":"+d.document).join(","), c.state_title)}
