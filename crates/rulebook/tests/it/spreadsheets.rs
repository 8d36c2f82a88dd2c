//! Every table of every pack goes through a spreadsheet and comes back letter by letter.

use rulebook::table::excel::TableFiles;
use std::fs;
use std::path::Path;

#[test]
fn the_tables_of_all_packs_come_back_as_they_were() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let mut seen = 0;
    for pack in fs::read_dir(packs).expect("the packs") {
        let tables = pack.expect("a pack").path().join("tables");
        let Ok(entries) = fs::read_dir(&tables) else { continue };
        for entry in entries {
            let path = entry.expect("readable").path();
            if path.extension().is_none_or(|ending| ending != "csv") {
                continue;
            }
            let id = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let csv = fs::read_to_string(&path).expect("readable");
            let sidecar = fs::read_to_string(path.with_extension("toml")).ok();
            let files = TableFiles { id, csv, sidecar };
            let back = TableFiles::from_sheets(&files.to_sheets(), "").expect("a table");
            assert_eq!(back, files, "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 3, "{seen} tables");
}
