//! The HTTP interface as actors meet it. One program for all of them: a program of its own for each
//! file would be linked with the whole server each time.

mod access;
mod away;
mod certificates;
mod counter;
mod demo;
mod drafts;
mod events;
mod figures;
mod full;
mod http;
mod import_api;
mod imports;
mod journey;
mod judged_by;
mod metrics;
mod noise;
mod offices;
mod opening;
mod owners;
mod people;
mod personal;
mod pins;
mod planted;
mod prices;
mod printing;
mod provider;
mod refusals;
mod replay;
mod requests;
mod schedules;
mod scorecards;
mod shelves;
mod shifts;
mod stock;
mod tokens;
