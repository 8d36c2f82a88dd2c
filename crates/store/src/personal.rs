//! Personal data in memory: it shows itself masked unless asked for in so many words.

use rulebook::model::form::Personal as Class;
use std::fmt;

/// What stands where personal data was that is erased (注销), in both languages at once: it is read
/// in lists, papers and workbooks alike.
pub const ERASED: &str = "已删除 · Erased";

/// A personal text. `Debug` and `Display` give the mask, so that no log holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal {
    class: Class,
    text: String,
}

impl Personal {
    /// Personal text of that class.
    pub fn new(class: Class, text: impl Into<String>) -> Self {
        Self { class, text: text.into() }
    }

    /// In clear. Who calls this writes the journal entry, or may see it by right.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// As shown by default: 王*明, 138****4410.
    pub fn masked(&self) -> String {
        mask(self.class, &self.text)
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// The mask of a personal text.
pub fn mask(class: Class, text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let keep = |head: usize, tail: usize| {
        if chars.len() <= head + tail {
            return "*".repeat(chars.len().max(1));
        }
        let stars = chars.len() - head - tail;
        let first: String = chars[..head].iter().collect();
        let last: String = chars[chars.len() - tail..].iter().collect();
        format!("{first}{}{last}", "*".repeat(stars))
    };
    match class {
        Class::Name if chars.len() == 2 => format!("{}*", chars[0]),
        Class::Name => keep(1, 1),
        Class::Phone => keep(3, 4),
        Class::IdNumber => keep(0, 4),
        Class::Address => {
            let shown: String = chars.iter().take(6.min(chars.len() / 2)).collect();
            format!("{shown}****")
        }
        Class::Other => "***".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_leave_what_staff_need_to_recognise() {
        for (class, text, masked) in [
            (Class::Name, "王小明", "王*明"),
            (Class::Name, "李雷", "李*"),
            (Class::Name, "王", "*"),
            (Class::Name, "欧阳小明", "欧**明"),
            (Class::Phone, "13812344410", "138****4410"),
            (Class::Phone, "4410", "****"),
            (Class::IdNumber, "330106199001011234", "**************1234"),
            (Class::Address, "浙江省杭州市西湖区文三路1号", "浙江省杭州市****"),
            (Class::Other, "", "***"),
        ] {
            assert_eq!(mask(class, text), masked);
            assert_eq!(format!("{:?}", Personal::new(class, text)), masked);
        }
    }
}
