//! Three articles of the knowledge base (知识库), as an after-sales department writes them.

use crate::app::App;
use crate::problem::Answer;
use store::article::{ArticleText, Tags};

/// Who writes them.
const WRITER: &str = "xulei";

/// Title, text, components and faults.
type Written = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const ARTICLES: [Written; 3] = [
    (
        "锂电池充不进电：先分清充电器还是电池",
        "1. 换一只同型号的好充电器再充：红灯亮、十分钟后仍为红灯，说明充电器没问题。\n\
         2. 量电池空载电压：低于标称的 85% 多半是保护板锁住，按“激活”步骤解锁后再量。\n\
         3. 冬天在零度以下放置过的，先在室温放两小时再充。\n\
         4. 仍充不进的，做容量检测并拍照，按三包判定；不要拆开电池外壳。",
        &["li_battery", "charger"],
        &["no_charge"],
    ),
    (
        "骑到半路没电：续航缩短怎样检测",
        "1. 问清载重、胎压、气温和常骑的路，冬天续航少三成是正常的。\n\
         2. 胎压补到规定值，检查刹车是否拖滞。\n\
         3. 充满后按检测规程放电，记下容量、仪器号和温度；低于约定值的按三包判定。\n\
         4. 容量合格的，把检测单给客户看，说明用车建议。",
        &["li_battery", "lead_acid_battery"],
        &["low_capacity", "no_discharge"],
    ),
    (
        "仪表不亮、转把没反应：从线束接头查起",
        "1. 先看电池插头和空气开关，再看仪表下方的三芯插头是否进水、松脱。\n\
         2. 仪表有电而转把没反应的，量转把信号线：不转 0.8 V，转到底 3.6 V 左右。\n\
         3. 控制器闪灯的，按闪灯次数查对照表，不要先换控制器。\n\
         4. 接头进水的，烘干、涂导电膏，记为外因，不属三包。",
        &["display", "controller", "harness", "throttle"],
        &["no_function"],
    ),
];

/// Writes them down, each with what it is about that the packs know.
pub async fn write(app: &App) -> Answer<()> {
    let Some((writer, _)) = app.store().login(WRITER).await? else { return Ok(()) };
    let release = app.releases().current(app.today())?;
    let catalog = &release.catalog;
    for (title, body, components, faults) in ARTICLES {
        let own = |id: &&&str| (**id).to_owned();
        let components =
            components.iter().filter(|id| catalog.component(id).is_some()).map(|id| own(&id));
        let faults = faults.iter().filter(|id| catalog.fault(id).is_some()).map(|id| own(&id));
        let tags =
            Tags { models: vec![], components: components.collect(), faults: faults.collect() };
        let text = ArticleText { title: title.into(), body: body.into(), tags, published: true };
        app.store().add_article(&text, "整理常见问题", writer.id, app.now()).await?;
    }
    Ok(())
}
