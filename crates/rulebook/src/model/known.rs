//! What is known of a person, of a child that ended, of the run of a schedule: tables of facts.

use super::scope::{Fact, Provider, facts};

/// What a rule may know of a person; never the name.
pub const PERSON_FACTS: &[Fact] = facts![
    "id" text People "人员编号" "id";
    "roles" texts People "在本站的角色" "roles held at the case's station or above";
    "certificate.number" text People "上岗证号" "number of the repair certificate";
    "certificate.expires" date People "上岗证有效期" "last day the certificate is valid";
    "certificate.valid" bool People "上岗证有效" "whether it is valid today";
    "skills" texts People "技能" "skills, for example `battery`";
    "open_cases" number People "在办单数" "open cases assigned";
    "away" bool People "今日不在岗" "away today";
    "org.id" text People "所在单位编号" "id of the organisation unit the person works at";
    "org.code" text People "所在单位代码" "its code";
    "org.name" text People "所在单位名称" "its name";
    "org.kind" text People "所在单位类型" "`station`, `dealer`, `company`, …";
    "org.stars" number People "所在单位星级" "stars of its rating; null when not rated";
    "org.mode" text People "所在单位模式" "mode of the unit: `simple`, `standard` or `full`";
    "org.registered" bool People "所在单位是否挂牌网点" "whether it is a registered station";
    "org.province" text People "所在单位省份" "province";
    "org.city" text People "所在单位城市" "town or district";
    "org.standing" text People "所在单位在网状态" "`active`, `suspended` or `closed`";
    "org.nameplate" text People "所在单位铭牌编号" "number of its nameplate; null without one";
    "org.supplied" bool People "所在单位是否提过货" "whether it had its first goods";
    "org.has_station" bool People "所在单位名下是否有在网维修站" "whether a registered station below it works";
    "org.certified" bool People "所在单位是否有持证维修人员" "whether somebody there is certified";
];

/// What an action done by the end of a child case knows of it, beside `child.data.<field>`.
pub const CHILD_FACTS: &[Fact] = facts![
    "child.number" text Session "子单单号" "number of the case that ended";
    "child.process" text Session "子单流程" "its process";
    "child.state" text Session "子单结束状态" "the state it ended in";
    "child.unit" text Session "子单关联的车辆" "id of its vehicle";
];

/// What the condition of a customer's grade knows of the customer, beside `today` and `params`.
pub const CUSTOMER_FACTS: &[Fact] = facts![
    "customer.vehicles" number Customer "名下车辆数" "vehicles the customer owns";
    "customer.visits" number Customer "近一年维修次数" "repairs begun in the last 365 days";
    "customer.tags" texts Customer "客户标签" "tags on the file";
];

/// What a schedule knows of the run it opens a case for, beside `org` and `params`.
pub const SCHEDULE_FACTS: &[Fact] = facts![
    "schedule.id" text Session "定期任务编号" "its key";
    "schedule.period" text Clock "期间" "`2027-01`, `2027`, `2027-Q1`, `2027-W03` or `2027-01-05`";
    "schedule.starts" date Clock "期间首日" "first day of the period";
    "schedule.ends" date Clock "期间末日" "last day of the period";
    "schedule.day" date Clock "计划日" "the day it runs";
    "schedule.at" instant Clock "计划时间" "the instant it runs";
    "schedule.age" text Clock "车辆售出满多久" "age of the vehicle, as `12 mo`; null without one";
];
