//! `doctor`: what is set up on this machine and what would hurt one day, each with its remedy.
//! It changes nothing, and may run while the product serves.

mod channel;
mod data;
mod machine;
mod provider;

use crate::channels;
use crate::clock::Clock;
use crate::oidc::Settings;
use base::Text;
use serde::Serialize;
use std::path::PathBuf;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Ok,
    /// It works, and will hurt one day.
    Warn,
    /// It does not work, or loses data.
    Error,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What was looked at, for programs: `disk`, `master_key`…
    pub id: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What was found.
    pub found: Text,
    /// What would be right, where anything is to be done.
    pub remedy: Option<Text>,
}

/// What is to be looked at.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The data folder.
    pub data: PathBuf,
    /// PostgreSQL address; SQLite in the data folder when absent.
    pub database: Option<String>,
    /// The host's clock.
    pub clock: Clock,
    /// The identity provider as its file says, or what is wrong with the file.
    pub oidc: Option<Result<Settings, Text>>,
    /// The channels to customers as their file says, or what is wrong with the file.
    pub channels: Option<Result<channels::Settings, Text>>,
}

/// Looks at everything, in the order in which one would repair it.
pub async fn examine(subject: &Subject) -> Vec<Line> {
    let mut lines = machine::folder(&subject.data);
    lines.push(machine::master_key(&subject.data));
    lines.extend(data::database(subject).await);
    lines.push(machine::browser());
    if let Some(oidc) = &subject.oidc {
        lines.push(provider::line(oidc, subject.clock.now()).await);
    }
    if let Some(channels) = &subject.channels {
        lines.extend(channel::lines(channels, subject).await);
    }
    lines
}

impl Line {
    fn ok(id: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { id, level: Level::Ok, found: Text::new(zh, en), remedy: None }
    }

    fn warn(id: &'static str, found: Text, remedy: Text) -> Self {
        Self { id, level: Level::Warn, found, remedy: Some(remedy) }
    }

    fn error(id: &'static str, found: Text, remedy: Text) -> Self {
        Self { id, level: Level::Error, found, remedy: Some(remedy) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(lines: &[Line], id: &str) -> Option<Level> {
        lines.iter().find(|line| line.id == id).map(|line| line.level)
    }

    #[tokio::test]
    async fn an_empty_place_says_what_is_missing_and_makes_nothing() {
        let data = std::env::temp_dir().join(format!("sanbao-doctor-{}", std::process::id()));
        let clock = Clock::fixed(base::Instant(1_795_132_800_000_000));
        let subject =
            Subject { data: data.clone(), database: None, clock, oidc: None, channels: None };
        let lines = examine(&subject).await;
        assert_eq!(level(&lines, "folder"), Some(Level::Error), "{lines:?}");
        assert_eq!(level(&lines, "master_key"), Some(Level::Warn));
        assert!(!data.exists());
        std::fs::create_dir_all(&data).expect("a folder");
        std::fs::write(data.join("master.key"), "no key").expect("written");
        let lines = examine(&subject).await;
        assert_eq!(level(&lines, "folder"), Some(Level::Ok));
        assert_eq!(level(&lines, "master_key"), Some(Level::Error), "not a key");
        let wrong = |line: &Line| line.level != Level::Ok && line.remedy.is_none();
        assert!(!lines.iter().any(wrong), "each has its remedy: {lines:?}");
        std::fs::remove_dir_all(&data).expect("taken away");
    }
}
