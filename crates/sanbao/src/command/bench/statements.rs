//! Statements per command, by action, as the server counted them.

use std::collections::BTreeMap;

/// What the commands of one action wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Commands carried out.
    pub commands: u64,
    /// Statements of all their transactions.
    pub statements: u64,
    /// Statements of the largest.
    pub most: u64,
}

/// The actions of one process, from the text of `/metrics`.
pub fn of_process(metrics: &str, process: &str) -> BTreeMap<String, Written> {
    let mut actions: BTreeMap<String, Written> = BTreeMap::new();
    let of = format!("{{process=\"{process}\",action=\"");
    for line in metrics.lines() {
        let Some(rest) = line.strip_prefix("sanbao_command_statements_") else { continue };
        let Some((what, rest)) = rest.split_once(of.as_str()) else { continue };
        let Some((action, number)) = rest.split_once("\"} ") else { continue };
        let Ok(number) = number.parse() else { continue };
        let written = actions.entry(action.to_owned()).or_default();
        match what {
            "count" => written.commands = number,
            "sum" => written.statements = number,
            "most" => written.most = number,
            _ => {}
        }
    }
    actions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_one_process_are_read() {
        let of = |action: &str| format!("{{process=\"repair_order\",action=\"{action}\"}}");
        let text = format!(
            "# TYPE sanbao_command_statements summary\nsanbao_command_statements_sum{open} 20\n\
             sanbao_command_statements_count{open} 2\nsanbao_command_statements_most{open} 11\n\
             sanbao_command_statements_sum{{process=\"rework\",action=\"open\"}} 7\n\
             sanbao_commands_total 3\n",
            open = of("open")
        );
        let expect = Written { commands: 2, statements: 20, most: 11 };
        assert_eq!(of_process(&text, "repair_order"), BTreeMap::from([("open".into(), expect)]));
        assert_eq!(of_process("nonsense", "repair_order"), BTreeMap::new());
    }
}
