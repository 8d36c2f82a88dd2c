//! The company of the year: its third agent, ten more stations with their outlets, their people.

use crate::app::App;
use crate::auth::password;
use crate::demo::cast::PASSWORD;
use crate::demo::company::Company;
use crate::problem::{Answer, Problem};
use base::OrgId;
use base::time::add_days;
use simulator::year::{AGENTS, PLACES, Place, Worker};
use store::org::Org;
use store::person::{Certificate, NewPerson, RoleAt, Standing};

/// What a station of the year is called before its first rating.
const PLATE_YEAR: i16 = 2024;

/// Adds the units that the day does not know.
pub async fn build(app: &App, company: &mut Company, places: &[Place]) -> Answer<()> {
    for agent in AGENTS {
        let org = unit((agent.code, agent.name), "agent", agent.city, company.get("HQ"));
        add(app, company, org).await?;
    }
    for (number, place) in places.iter().enumerate() {
        if !company.contains_key(place.code) {
            let mut org =
                unit((place.code, place.name), "station", place.city, company.get(place.agent));
            org.stars = place.stars;
            org.nameplate = Some(format!("SQ-{PLATE_YEAR}-{:03}", number + 1));
            add(app, company, org).await?;
        }
        for (code, name) in place.outlets {
            let org = unit((code, name), "outlet", place.city, company.get(place.code));
            add(app, company, org).await?;
        }
    }
    app.refresh_orgs().await?;
    Ok(())
}

fn unit((code, name): (&str, &str), kind: &str, city: &str, above: Option<&Org>) -> Org {
    Org {
        id: OrgId(0),
        code: code.into(),
        name: name.into(),
        kind: kind.into(),
        parent: above.map(|org| org.id),
        registered: true,
        province: Some("江苏".into()),
        city: Some(city.into()),
        ..Org::default()
    }
}

async fn add(app: &App, company: &mut Company, org: Org) -> Answer<()> {
    let code = org.code.clone();
    let org = app.store().add_org(org, None, app.now()).await?;
    company.insert(code, org);
    Ok(())
}

/// Writes the people of the year down, as far as their units are there.
pub async fn hire(app: &App, company: &Company, workers: &[Worker]) -> Answer<()> {
    let cost = app.config().password_cost;
    let hash = tokio::task::spawn_blocking(move || password::hash(PASSWORD, cost));
    let hash = hash.await.ok().flatten().ok_or_else(|| Problem::new("internal"))?;
    for worker in workers {
        let Some(org) = company.get(worker.org).map(|org| org.id) else { continue };
        // The departments' people work there and hold their roles for the whole company.
        let desk = company.get("ASD").map_or(org, |desk| desk.id);
        let works = if worker.org == "HQ" { desk } else { org };
        let certificate = worker.certificate.as_ref().and_then(|(number, days)| {
            let expires = add_days(app.today(), *days)?;
            Some(Certificate { number: number.clone(), expires })
        });
        let roles = worker.roles.iter().map(|role| RoleAt { role: (*role).into(), org });
        let person = NewPerson {
            login: worker.login.clone(),
            password_hash: Some(hash.clone()),
            standing: Standing {
                name: worker.name.as_str().into(),
                org: works,
                roles: roles.collect(),
                skills: worker.certificate.iter().map(|_| "li_battery".to_owned()).collect(),
                ..Standing::default()
            },
            certificate,
        };
        app.store().add_person(person, None, app.now()).await?;
    }
    Ok(())
}

/// The places of a year of that size.
pub fn places(count: usize) -> &'static [Place] {
    &PLACES[..count.min(PLACES.len())]
}
