//! The one table of explaining sentences: code, Chinese, English. Names in braces are arguments;
//! `{clause}` stands for the clauses of the step.

/// Code, Chinese, English.
pub const SENTENCES: &[(&str, &str, &str)] = &[
    // The term.
    ("term_starts", "三包期自{day}起算，依据：{basis}", "The term starts on {day}, by the {basis}"),
    (
        "term_starts_presumed",
        "没有更好的凭证，三包期按{basis}{made}加{span}推定，自{day}起算",
        "Without better proof the term is presumed from the {basis} {made} plus {span}: {day}",
    ),
    (
        "term_start_unknown",
        "缺少{what}，三包期无法起算",
        "Without the {what} the start of the term is not known",
    ),
    (
        "invoice_not_shown",
        "没有有效发票，发票日期{day}不作为起算依据",
        "Without a valid invoice its date {day} is no proof of the start",
    ),
    (
        "term_runs",
        "{component}的三包期为{duration}，到{ends}止（含当日）",
        "The term of {component} is {duration}: it ends with {ends}, that day included",
    ),
    (
        "term_longest",
        "{component}的这种故障没有单列期限，按该部件最长的{duration}计，到{ends}止（含当日）",
        "No row names this fault of {component}; its longest term of {duration} holds and ends \
         with {ends}, that day included",
    ),
    (
        "term_unlisted",
        "{component}没有单列期限，按{duration}计，到{ends}止（含当日）",
        "No row names {component}; the term of unlisted parts, {duration}, holds and ends with \
         {ends}, that day included",
    ),
    (
        "days_not_counted",
        "{component}在修，{from}（不计）至{to}（计入）：{days}天",
        "{component} in repair from {from} (not counted) to {to} (counted), days: {days}",
    ),
    (
        "term_usage",
        "使用性质为{usage}，期限{duration}的{share}%：{span}",
        "For {usage} {share} % of the term of {duration} holds: {span}",
    ),
    (
        "transfer_keeps",
        "{day}过户，三包期继续有效，到{ends}止",
        "Transferred on {day}: the term goes on until {ends}",
    ),
    (
        "transfer_ends",
        "{day}过户，按规定三包期到{ends}止",
        "Transferred on {day}: by the standard the term ends with {ends}",
    ),
    (
        "limit_over",
        "{what}为{reading}，超过上限{most}，不再属于期内",
        "The {what} reads {reading}, above the limit of {most}: no longer in its term",
    ),
    (
        "limit_kept",
        "{what}为{reading}，未超过上限{most}",
        "The {what} reads {reading}, within the limit of {most}",
    ),
    (
        "limit_unread",
        "缺少{what}，上限{most}无法核对",
        "Without the {what} the limit of {most} cannot be checked",
    ),
    (
        "term_suspended",
        "修理占用{days}天不计入三包期，顺延到{ends}",
        "{days} days in repair do not count: the term ends with {ends}",
    ),
    (
        "term_holiday",
        "{from}是公休假日，顺延到下一个工作日{ends}",
        "{from} is a public holiday: the term ends with the next working day, {ends}",
    ),
    (
        "replaced_restart",
        "{replaced}已更换，期限从更换之日重新计算，到{ends}止",
        "Replaced on {replaced}, the term starts anew and ends with {ends}",
    ),
    (
        "replaced_remainder",
        "{replaced}已更换，继续享受原期限的剩余部分，到{ends}止",
        "Replaced on {replaced}, the rest of the term holds until {ends}",
    ),
    (
        "replaced_guarantee",
        "{replaced}已更换，原期限所剩不足{span}，保证到{ends}止",
        "Replaced on {replaced}, with less than {span} of the term left: guaranteed until {ends}",
    ),
    (
        "in_term",
        "{reported}报修，在三包期内，还剩{days}天",
        "Reported on {reported}: in its term, days left: {days}",
    ),
    (
        "out_of_term",
        "{reported}报修，已超过三包期{days}天",
        "Reported on {reported}: after its term, days over: {days}",
    ),
    // The verdict.
    ("no_exclusion", "没有不予三包的情形", "No exclusion applies"),
    ("input", "{fact}：{value}（条件：{test}）", "{fact}: {value} (test: {test})"),
    ("exclusion_hit", "第{clause}条不予三包的情形成立", "The exclusion of clause {clause} applies"),
    (
        "row_hit",
        "按第{clause}条：{covered}，{remedy}，费用由{payer}承担",
        "By clause {clause}: {covered}, {remedy}, paid by {payer}",
    ),
    ("undetermined", "缺少{what}，尚不能判定", "Without the {what} no verdict can be given yet"),
    (
        "evidence_assumed",
        "没有说明{what}，按具备处理；如不具备，结论会改变",
        "Nothing is said of the {what}; it counts as present, without it the verdict changes",
    ),
    (
        "measured_cold",
        "检测温度{temperature}℃低于{limit}℃，容量结果待观察，须复测",
        "Measured at {temperature} ℃, below {limit} ℃: the result is to be observed and measured \
         again",
    ),
    (
        "trigger_near",
        "已计{count}，达到{limit}时进入下一步处理（第{clause}条）",
        "{count} counted; from {limit} on the next remedy opens (clause {clause})",
    ),
    (
        "trigger_reached",
        "已计{count}，达到{limit}，进入下一步处理（第{clause}条）",
        "{count} counted, {limit} reached: the next remedy opens (clause {clause})",
    ),
    (
        "trigger_opens",
        "按第{clause}条进入下一步处理：{remedy}，费用由{payer}承担",
        "By clause {clause} the next remedy: {remedy}, paid by {payer}",
    ),
    // Which release judged.
    (
        "judged_by_sale",
        "按三包期起算时施行的制度判定：{version}，{sale}起施行",
        "Judged by the standard in force when the term started: {version}, from {sale} on",
    ),
    (
        "judged_by_later",
        "三包期起算时施行的是{version}（{sale}起）；后来的{by}（{judged}起）对用户更有利，按后者判定",
        "When the term started {version} (from {sale} on) was in force; the later {by} (from \
         {judged} on) is better for the customer and judges",
    ),
    // The law beside it.
    (
        "law_suspended",
        "按{source}，修理占用的{days}天不计入，期限延到{ends}",
        "By {source} {days} days in repair do not count: the term lasts until {ends}",
    ),
    (
        "law_suspended_verify",
        "待核实是否适用，不作依据：按{source}，修理占用{days}天不计入，期限可到{ends}",
        "To be verified, decides nothing: by {source} {days} days in repair would not count and \
         the term last until {ends}",
    ),
    ("law_term", "按{source}，期限延到{ends}", "By {source} the term lasts until {ends}"),
    (
        "law_term_verify",
        "待核实是否适用，不作依据：按{source}，期限可到{ends}",
        "To be verified, decides nothing: by {source} the term would last until {ends}",
    ),
    (
        "law_row",
        "法律底线，{source}：{remedy}，费用由{payer}承担",
        "The law's floor, {source}: {remedy}, paid by {payer}",
    ),
    (
        "law_row_verify",
        "待核实是否适用，不作依据，{source}：{remedy}，费用由{payer}承担",
        "To be verified, decides nothing, {source}: {remedy}, paid by {payer}",
    ),
    (
        "law_row_open",
        "如能说明{what}，可适用{source}：{remedy}，费用由{payer}承担",
        "Once the {what} is stated this may apply, {source}: {remedy}, paid by {payer}",
    ),
    (
        "law_better",
        "企业标准给：{promised}；法律更有利于用户：{remedy}",
        "The company's standard gives: {promised}; the law is better for the customer: {remedy}",
    ),
    (
        "law_held",
        "企业标准不低于法律底线：{promised}",
        "The company's standard is no worse than the law: {promised}",
    ),
    // Requirements.
    (
        "require_held",
        "已核对，没有“{refuse}”的情形（第{clause}条）",
        "Checked, this is not the case: {refuse} (clause {clause})",
    ),
    ("require_noted", "{refuse}（第{clause}条，已记录）", "{refuse} (clause {clause}, noted)"),
    (
        "require_overridden",
        "{refuse}（第{clause}条，说明理由后继续）",
        "{refuse} (clause {clause}, went on with a reason)",
    ),
    ("approvals_collapsed", "简易模式下一人核准即可", "In the simple mode one approval is enough"),
    (
        "self_approval",
        "本人已办理“{action}”，简易模式下由同一人办理，记为自行核准",
        "The same person did “{action}”; allowed in the simple mode and marked as self-approval",
    ),
    (
        "require_passed_late",
        "{refuse}（第{clause}条，补录时不作要求，已记录）",
        "{refuse} (clause {clause}, not asked of a late entry, noted)",
    ),
    (
        "require_lifted",
        "{refuse}（第{clause}条，已由“{action}”放行，理由：{reason}）",
        "{refuse} (clause {clause}, lifted by “{action}”, because: {reason})",
    ),
    (
        "lift_granted",
        "这一次放行：{refuse}（第{clause}条，理由：{reason}）",
        "Let pass this once: {refuse} (clause {clause}, because: {reason})",
    ),
    ("approved_by", "{role}已同意（第{clause}条）", "Approved by: {role} (clause {clause})"),
    (
        "approvals_complete",
        "所需的同意已齐（第{clause}条）",
        "Approved by all who have to (clause {clause})",
    ),
    ("approvals_wait", "还等：{role}（第{clause}条）", "Still missing: {role} (clause {clause})"),
    (
        "approvals_void",
        "“{action}”的同意作废：此单已到别处",
        "What was approved of “{action}” is void: the case moved",
    ),
    ("acted_as_deputy", "作为代理人办理", "Done as a deputy"),
    ("acted_handed_on", "经转办办理", "Done on being handed it"),
    (
        "migrated",
        "按迁移“{name}”由版本 {from} 转到 {to}",
        "Moved from release {from} to {to} by the migration “{name}”",
    ),
    ("handed_over", "交接班，见{sheet}", "Handed over at the end of a shift, sheet {sheet}"),
    ("hands_over", "交接在办单{cases}张", "Open cases handed over: {cases}"),
    ("handed_on", "转办“{action}”", "Handed on: “{action}”"),
    ("taken_back", "收回“{action}”", "Taken back: “{action}”"),
    ("late_entry", "补录，凭据{paper}：{why}", "Entered late from paper {paper}: {why}"),
    // Effects.
    ("assigned", "已指派承办人", "Assigned"),
    ("unassigned", "已取消承办人", "No longer assigned"),
    ("priced", "按价目表计价{lines}项", "Lines priced from the price list: {lines}"),
    (
        "charged",
        "按表计费：{item} {amount}（第{clause}条）",
        "Charged by a table: {item} {amount} (clause {clause})",
    ),
    ("printed", "生成单据：{document}", "Document made: {document}"),
    ("notified", "发送消息：{message}", "Message sent: {message}"),
    ("moved_org", "由{from}转到{to}", "Passed on from {from} to {to}"),
    ("children_told", "随本单开出的{opened}一并办理", "{opened} opened by this case follows"),
    ("linked", "已关联车辆", "The vehicle is linked"),
    ("child_ended", "{opened}{number}结束：{ended}", "{opened} {number} ended: {ended}"),
    (
        "child_end_unanswered",
        "“{action}”没能自动办理，请人工处理",
        "“{action}” could not be done by itself; see to it by hand",
    ),
    ("opened_child", "开出：{opened}", "Opened: {opened}"),
    (
        "posted",
        "记账：{posting}，{count}笔（第{clause}条）",
        "Posted: {posting}, moves: {count} (clause {clause})",
    ),
    (
        "posting_reversed",
        "冲销：{posting}（第{clause}条）",
        "Reversed: {posting} (clause {clause})",
    ),
    (
        "account_limited",
        "限额已定：{account}（第{clause}条）",
        "Quota decided: {account} (clause {clause})",
    ),
    (
        "account_closed",
        "科目关闭：{account}（第{clause}条）",
        "Account closed: {account} (clause {clause})",
    ),
    // Deadlines.
    (
        "deadline_started",
        "“{deadline}”开始计时，最迟{due}（第{clause}条）",
        "“{deadline}” starts, due {due} (clause {clause})",
    ),
    (
        "deadline_pending",
        "“{deadline}”等待约定时间（第{clause}条）",
        "“{deadline}” waits for its date (clause {clause})",
    ),
    (
        "deadline_waits",
        "“{deadline}”等{year}年放假安排公布后起算到期日（第{clause}条）",
        "“{deadline}” waits for the holidays of {year} to be announced (clause {clause})",
    ),
    ("deadline_met", "“{deadline}”按时完成（第{clause}条）", "“{deadline}” met (clause {clause})"),
    (
        "deadline_late",
        "“{deadline}”完成时已超时（第{clause}条）",
        "“{deadline}” done late (clause {clause})",
    ),
    (
        "deadline_early",
        "“{deadline}”做得太早，{opens}起才算数（第{clause}条，已记录）",
        "“{deadline}” done too early, it counts from {opens} on (clause {clause}, noted)",
    ),
    (
        "deadline_extended",
        "“{deadline}”延期{span}，最迟{due}，理由：{why}（第{clause}条）",
        "“{deadline}” extended by {span}, now due {due}, because: {why} (clause {clause})",
    ),
    (
        "deadline_dropped",
        "“{deadline}”不再计时（第{clause}条）",
        "“{deadline}” is timed no longer (clause {clause})",
    ),
    (
        "deadline_moved",
        "“{deadline}”改为最迟{due}（第{clause}条）",
        "“{deadline}” is now due {due} (clause {clause})",
    ),
    (
        "deadline_paused",
        "“{deadline}”暂停计时（第{clause}条）",
        "“{deadline}” paused (clause {clause})",
    ),
    (
        "deadline_resumed",
        "“{deadline}”恢复计时，最迟{due}（第{clause}条）",
        "“{deadline}” runs again, due {due} (clause {clause})",
    ),
    (
        "deadline_warned",
        "“{deadline}”将于{due}到期（第{clause}条）",
        "“{deadline}” is due {due} (clause {clause})",
    ),
    (
        "deadline_breached",
        "“{deadline}”已于{due}超时{times}次（第{clause}条）",
        "“{deadline}” broken at {due}, times: {times} (clause {clause})",
    ),
    (
        "deadline_opens",
        "“{deadline}”现在可以办理，最迟{due}（第{clause}条）",
        "“{deadline}” can be done from now on, due {due} (clause {clause})",
    ),
    (
        "deadline_escalated",
        "“{deadline}”超时{span}仍未办，升级（第{step}步，第{clause}条）",
        "“{deadline}” still not done {span} after it was due: escalated (step {step}, clause \
         {clause})",
    ),
    (
        "breach_paused",
        "“{deadline}”当时已暂停计时，撤销超时{times}次（第{clause}条）",
        "“{deadline}” stood still then, breaches annulled: {times} (clause {clause})",
    ),
    (
        "breach_annulled",
        "“{deadline}”实际按时完成，撤销超时{times}次（第{clause}条）",
        "“{deadline}” was done in time after all, breaches annulled: {times} (clause {clause})",
    ),
];
