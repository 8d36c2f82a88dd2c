//! The schema as an earlier program had it, to prove that its data can be taken along.

use crate::exec::load::Load;
use crate::{Database, Result, migrate};

/// The numbers of all migrations, the last one the schema of this program.
pub fn versions() -> Vec<i64> {
    migrate::versions().collect()
}

/// Makes the schema of the migrations up to `through` in an empty database, and nothing else.
pub async fn schema_of(database: &Database, through: i64) -> Result<()> {
    let load = Load::begin(database).await?;
    load.script(migrate::VERSIONS).await?;
    let earlier: Vec<i64> = migrate::versions().filter(|version| *version <= through).collect();
    for script in migrate::scripts(&earlier, load.dialect()) {
        load.script(&script).await?;
    }
    load.finish().await
}
