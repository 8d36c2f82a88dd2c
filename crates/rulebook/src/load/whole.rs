//! A process or form file that refines nothing, as the whole item it describes.

use super::pack::{FormFile, ProcessFile};
use crate::model::{Form, Process};

impl ProcessFile {
    /// The whole process, when it refines nothing; otherwise the keys that are missing.
    pub fn whole(self, stem: &str) -> Result<Process, Vec<&'static str>> {
        let missing: Vec<_> = [
            ("title", self.title.is_none()),
            ("number", self.number.is_none()),
            ("subject", self.subject.is_none()),
            ("area", self.area.is_none()),
            ("start", self.start.is_none()),
        ]
        .into_iter()
        .filter_map(|(key, absent)| absent.then_some(key))
        .collect();
        let (Some(title), Some(number), Some(subject), Some(area), Some(start)) =
            (self.title, self.number, self.subject, self.area, self.start)
        else {
            return Err(missing);
        };
        Ok(Process {
            id: self.id.unwrap_or_else(|| stem.to_owned()),
            title,
            number,
            subject,
            area,
            clause: self.clause,
            checks_late: self.checks_late,
            start,
            tracks: self.tracks,
            states: self.states,
            actions: self.actions,
            deadlines: self.deadlines,
        })
    }
}

impl FormFile {
    /// The whole form, when it refines nothing and has a title.
    pub fn whole(self, stem: &str) -> Option<Form> {
        Some(Form {
            id: self.id.unwrap_or_else(|| stem.to_owned()),
            title: self.title?,
            clause: self.clause,
            fields: self.fields,
        })
    }
}
