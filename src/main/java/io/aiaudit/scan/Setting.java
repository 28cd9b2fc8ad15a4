package io.aiaudit.scan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a user may set, under its three names: a flag, a key of aiaudit.yaml and a variable of the environment, in this precedence. Help, docs/cli.md and
 * docs/config.md are made from it.
 */
public enum Setting {
    SOURCES(
            Section.SOURCES,
            "--source",
            "NAME",
            Form.WORDS,
            "Where to read: files, demo, aws, azure, gcp, prometheus. Default: those of aiaudit.yaml."),
    BILLING(
            Section.SOURCES,
            "--billing",
            "PATH",
            Form.PATHS,
            "A bill: FOCUS, AWS, Azure or Google Cloud export (docs/billing.md). File, folder, manifest or glob."),
    INVENTORY(
            Section.SOURCES,
            "--inventory",
            "PATH",
            Form.PATHS,
            "What there is: the columns of resources, tags and attributes as JSON."),
    USAGE(
            Section.SOURCES,
            "--usage",
            "PATH",
            Form.PATHS,
            "What it does: resource_id,metric,hour,average,maximum,total."),
    PRICES(
            Section.SOURCES,
            "--prices",
            "FILE",
            Form.PATHS,
            "Your own list prices of machines or tokens as CSV (docs/prices.md). They win over the built-in ones."),
    ABSENT_IS_ZERO(
            Section.SOURCES,
            "--absent-is-zero",
            "METRIC",
            Form.WORDS,
            "Metrics for which the usage files leave zeros out, such as requests. Without it an absent hour is unknown."),
    CURRENCY(
            Section.SOURCES,
            "--currency",
            "CODE",
            Form.TEXT,
            "The currency of the audit, such as EUR; others need exchange_rates in aiaudit.yaml. Default: that of the bill."),
    AWS_ORG(
            Section.SOURCES,
            "--aws-org",
            "",
            Form.TRUE_OR_FALSE,
            "Read all active accounts of the AWS organization, each through its audit role."),
    MAX_API_COST(
            Section.SOURCES,
            "--max-api-cost",
            "USD",
            Form.AMOUNT,
            "What a scan may spend on requests that a cloud charges for. Default: 5."),
    DAYS(Section.WINDOW, "--days", "N", Form.WHOLE_NUMBER, "The last N full days. Default with a cloud: 30."),
    WINDOW(
            Section.WINDOW,
            "--window",
            "START/END",
            Form.TEXT,
            "These days in UTC, END not included, such as 2026-06-01/2026-07-01. Default: the last full days (see --days); with files those that the usage files cover (else the bill), the last 31 of them at most."),
    RULES_DIR(Section.RULES, "--rules", "DIR", Form.PATH, "A folder of your own rules, beside the built-in ones."),
    RULE(Section.RULES, "--rule", "ID", Form.WORDS, "Run these rules only."),
    SKIP_RULE(Section.RULES, "--skip-rule", "ID", Form.WORDS, "Do not run these rules."),
    FORMAT(
            Section.OUTPUT,
            "--format",
            "NAME",
            Form.WORDS,
            "How to report: terminal, html, csv, json, md, and for pipelines sarif, junit.xml, github, pr.md. Default: terminal."),
    DETAILS(
            Section.OUTPUT,
            "--details",
            "",
            Form.TRUE_OR_FALSE,
            "Everything on the terminal, not only the screen that says what matters most."),
    OUTPUT(
            Section.OUTPUT,
            "--output",
            "DIR",
            Form.PATH,
            "Write aiaudit.html, aiaudit.csv, ... into this folder, which is created. Default: -, standard output."),
    SAVE(
            Section.OUTPUT,
            "--save",
            "FILE.aiaudit",
            Form.PATH,
            "Keep what was read, for 'aiaudit report FILE.aiaudit' and for any DuckDB client."),
    FAIL_ON(
            Section.OUTPUT,
            "--fail-on",
            "CONDITION",
            Form.WORDS,
            "Exit with 3 when the likely saving per month is over this amount, or at findings that are new, of rule=ID or status=NAME, such as new:500 (docs/pipeline.md)."),
    BASELINE(Section.OUTPUT, "--baseline", "AUDIT.json", Form.PATH, "An earlier audit, which says what is new."),
    ALLOW_GAPS(
            Section.OUTPUT,
            "--allow-gaps",
            "",
            Form.TRUE_OR_FALSE,
            "Exit with 0 although something could not be read or a rule failed."),
    MEMORY_LIMIT(
            Section.MACHINE,
            "--memory-limit",
            "SIZE",
            Form.TEXT,
            "Memory for the database, such as 2GiB; what needs more goes to --spill-dir. Default: 1GiB."),
    SPILL_DIR(
            Section.MACHINE,
            "--spill-dir",
            "DIR",
            Form.PATH,
            "Where to put what does not fit into memory. Default: the system's temporary folder.");

    /** The heading under which help lists a setting. */
    public enum Section {
        SOURCES("Sources"),
        WINDOW("Window"),
        RULES("Rules"),
        OUTPUT("Output"),
        MACHINE("Machine");

        private final String heading;

        Section(String heading) {
            this.heading = heading;
        }

        public String heading() {
            return heading;
        }
    }

    /** How a value is written. Several words are separated by commas; several paths are given one by one, or in a variable separated as in PATH. */
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

    /** What stands for the value in help. */
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
