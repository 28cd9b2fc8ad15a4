package io.aiaudit.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a user may set, under its three names: a flag, a key of aiaudit.yaml and a variable of the
 * environment, in this precedence. Help, docs/cli.md and docs/config.md are made from it.
 */
public enum Setting {
    SOURCES(
            Section.SOURCES,
            "--source",
            "SOURCE",
            Form.WORDS,
            "Data source to scan: files, demo, aws, azure, gcp, trino; prometheus is not available yet. Default: "
                    + "those in aiaudit.yaml."),
    BILLING(
            Section.SOURCES,
            "--billing",
            "PATH",
            Form.PATHS,
            "Bill: FOCUS, AWS, Azure or Google Cloud export (docs/billing.md). File, folder, manifest or glob; or a "
                    + "table in Trino (docs/scale.md), named trino://HOST:PORT/CATALOG/SCHEMA/TABLE."),
    INVENTORY(
            Section.SOURCES,
            "--inventory",
            "PATH",
            Form.PATHS,
            "Resource inventory: CSV, Parquet or JSON lines (docs/files.md)."),
    USAGE(
            Section.SOURCES,
            "--usage",
            "PATH",
            Form.PATHS,
            "Usage metrics file (CSV, Parquet or JSON lines; docs/files.md), or a Trino table (docs/scale.md)."),
    PRICES(
            Section.SOURCES,
            "--prices",
            "FILE",
            Form.PATHS,
            "Your own list prices of instances or tokens as CSV (docs/prices.md). They override the built-in ones."),
    ABSENT_IS_ZERO(
            Section.SOURCES,
            "--absent-is-zero",
            "METRIC",
            Form.WORDS,
            "Counters of which the usage files leave out zeros, such as requests: a missing hour is 0. By default "
                    + "it is unknown."),
    CURRENCY(
            Section.SOURCES,
            "--currency",
            "CODE",
            Form.TEXT,
            "Currency of the audit, such as EUR; others need exchange_rates in aiaudit.yaml. Default: that of the "
                    + "bill."),
    AWS_ORG(
            Section.SOURCES,
            "--aws-org",
            "",
            Form.TRUE_OR_FALSE,
            "Scan all active accounts of the AWS organization, each through its audit role."),
    MAX_API_COST(
            Section.SOURCES,
            "--max-api-cost",
            "USD",
            Form.AMOUNT,
            "Limit on what a scan may spend on paid API requests. Default: 5."),
    DAYS(
            Section.WINDOW,
            "--days",
            "N",
            Form.WHOLE_NUMBER,
            "Scan the last N full days. Default: 30 with a cloud; with files the days that they cover, 31 at most."),
    WINDOW(
            Section.WINDOW,
            "--window",
            "START/END",
            Form.TEXT,
            "Scan these days in UTC, END not included, such as 2026-06-01/2026-07-01. Default for clouds: see --days. "
                    + "Default for files: the days of the usage files, else of the bill; the last 31 at most."),
    RULES_DIR(
            Section.RULES, "--rules", "DIR", Form.PATH, "Folder of your own rules, in addition to the built-in ones."),
    RULE(Section.RULES, "--rule", "ID", Form.WORDS, "Run only this rule. Repeat the flag for more."),
    SKIP_RULE(Section.RULES, "--skip-rule", "ID", Form.WORDS, "Skip this rule. Repeat the flag for more."),
    ANSWERS(
            Section.RULES,
            "--answers",
            "FILE",
            Form.PATH,
            "Questionnaire of 'aiaudit questions', filled in: its answers win over the policy."),
    OWNERSHIP(
            Section.RULES,
            "--ownership",
            "FILE",
            Form.PATH,
            "CSV that maps accounts, tags or resources to owner, team and environment (docs/engineer.md)."),
    FILTER(
            Section.OUTPUT,
            "--filter",
            "CONDITION",
            Form.WORDS,
            "Report only findings that meet all conditions, such as owner=data, region=eu-*, status!=accepted "
                    + "(docs/engineer.md)."),
    BY_OWNER(
            Section.OUTPUT,
            "--by-owner",
            "DIR",
            Form.PATH,
            "Also write one Markdown file per owner, with the findings of that owner only, into this folder."),
    FORMAT(
            Section.OUTPUT,
            "--format",
            "FORMAT",
            Form.WORDS,
            "Report format: terminal, html, pdf, xlsx, csv, focus.csv, json, md, csv.zip; for pipelines sarif, "
                    + "junit.xml, github, pr.md. Default: terminal."),
    DETAILS(
            Section.OUTPUT,
            "--details",
            "",
            Form.TRUE_OR_FALSE,
            "Show everything on the terminal, not only the summary."),
    OUTPUT(
            Section.OUTPUT,
            "--output",
            "DIR",
            Form.PATH,
            "Write aiaudit.html, aiaudit.csv, ... into this folder. Default: -, standard output."),
    CLIENT(
            Section.OUTPUT,
            "--client",
            "NAME",
            Form.TEXT,
            "Name of the audited company, for the cover and every page of the PDF."),
    TEMPLATES(
            Section.OUTPUT,
            "--templates",
            "DIR",
            Form.PATH,
            "Your own templates of the HTML and Markdown reports (docs/templates.md)."),
    REDACT(
            Section.OUTPUT,
            "--redact",
            "",
            Form.TRUE_OR_FALSE,
            "Replace accounts, names, ids, owners, tags and free text by pseudonyms, in every format and in a saved "
                    + "scan."),
    REDACT_KEY(
            Section.OUTPUT,
            "--redact-key",
            "FILE",
            Form.PATH,
            "Key file that turns names into pseudonyms, created if missing; implies --redact. Keep it secret. "
                    + "Default: aiaudit.key."),
    SAVE(
            Section.OUTPUT,
            "--save",
            "FILE.aiaudit",
            Form.PATH,
            "Save the scanned data, for 'aiaudit report' or any DuckDB client. A live scan that was interrupted "
                    + "is continued."),
    MODE(
            Section.OUTPUT,
            "--mode",
            "MODE",
            Form.TEXT,
            "Permissions of reports and saved scans, such as 0640 or 0644. Default: 0600, for you alone."),
    FAIL_ON(
            Section.OUTPUT,
            "--fail-on",
            "CONDITION",
            Form.WORDS,
            "Exit with 3 if the likely net saving per month is above an amount (1000), or at findings that are new, "
                    + "of rule=ID or status=NAME; with an amount of their own: new:500 (docs/pipeline.md)."),
    BASELINE(
            Section.OUTPUT,
            "--baseline",
            "AUDIT.json",
            Form.PATH,
            "Earlier aiaudit.json. Findings that are not in it are marked as new, and the PDF gets a page of changes."),
    HISTORY(
            Section.OUTPUT,
            "--history",
            "DIR",
            Form.PATH,
            "Folder of earlier aiaudit.json files. The checklist uses them to see whether audits run every month."),
    ALLOW_GAPS(
            Section.OUTPUT,
            "--allow-gaps",
            "",
            Form.TRUE_OR_FALSE,
            "Exit with 0 even if data could not be read or a rule failed."),
    MEMORY_LIMIT(
            Section.MACHINE,
            "--memory-limit",
            "SIZE",
            Form.TEXT,
            "Memory limit of the database, such as 2GiB; more spills to --spill-dir. Default: 1GiB."),
    SPILL_DIR(
            Section.MACHINE,
            "--spill-dir",
            "DIR",
            Form.PATH,
            "Folder for data that does not fit into memory. Default: the system's temporary folder.");

    /** The heading under which help lists a setting. */
    public enum Section {
        SOURCES("Sources"),
        WINDOW("Window"),
        RULES("Rules"),
        OUTPUT("Output"),
        MACHINE("Memory and disk");

        private final String heading;

        Section(String heading) {
            this.heading = heading;
        }

        public String heading() {
            return heading;
        }
    }

    /**
     * How a value is written. Several words are separated by commas; several paths are given one by one, or in a
     * variable separated as in PATH.
     */
    public enum Form {
        TEXT,
        WORDS,
        PATH,
        PATHS,
        WHOLE_NUMBER,
        AMOUNT,
        TRUE_OR_FALSE
    }

    private final Section section;
    private final String flag;
    private final String label;
    private final Form form;
    private final String help;

    Setting(Section section, String flag, String label, Form form, String help) {
        this.section = section;
        this.flag = flag;
        this.label = label;
        this.form = form;
        this.help = help;
    }

    public Section section() {
        return section;
    }

    /** Such as {@code --fail-on}. */
    public String flag() {
        return flag;
    }

    /** The key in aiaudit.yaml, such as {@code fail_on}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code AIAUDIT_FAIL_ON}. */
    public String variable() {
        return "AIAUDIT_" + name();
    }

    /** The placeholder of the value in help. */
    public String label() {
        return label;
    }

    public Form form() {
        return form;
    }

    public String help() {
        return help;
    }

    public boolean takesSeveral() {
        return form == Form.WORDS || form == Form.PATHS;
    }

    public static Optional<Setting> ofFlag(String flag) {
        return Arrays.stream(values())
                .filter(setting -> setting.flag.equals(flag))
                .findFirst();
    }
}
