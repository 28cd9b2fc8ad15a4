package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Setting.Section;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of the commands, made from the settings, and what the user gave for them. */
final class Flags {
    static final String CONFIG = "--config";
    static final String DEMO = "--demo";
    static final String DRY_RUN = "--dry-run";
    static final String QUIET = "--quiet";
    static final String DEBUG = "--debug";
    static final String LOG_FORMAT = "--log-format";

    private static final Map<Setting, String> SHORT_NAMES = Map.of(Setting.FORMAT, "-f", Setting.OUTPUT, "-o");

    /** With {@link #DEMO} the ten flags of a scan that people use first. */
    private static final List<Setting> MOST_USED = List.of(
            Setting.BILLING,
            Setting.INVENTORY,
            Setting.USAGE,
            Setting.SOURCES,
            Setting.DAYS,
            Setting.FORMAT,
            Setting.OUTPUT,
            Setting.DETAILS,
            Setting.FAIL_ON);

    private Flags() {}

    static void addSettings(CommandSpec spec, Section section) {
        addGroup(spec, section.heading(), settings(section).map(Flags::option).toList());
    }

    /** All flags of a scan: first the most used ones, then the others by section. */
    static void addScanSettings(CommandSpec spec, OptionSpec first) {
        List<OptionSpec> mostUsed = new ArrayList<>(List.of(first));
        MOST_USED.forEach(setting -> mostUsed.add(option(setting)));
        addGroup(spec, "Most used", mostUsed);
        for (Section section : Section.values()) {
            List<OptionSpec> others = settings(section)
                    .filter(setting -> !MOST_USED.contains(setting))
                    .map(Flags::option)
                    .toList();
            boolean divided = others.size() < settings(section).count();
            addGroup(spec, divided ? section.heading() + ", more" : section.heading(), others);
        }
    }

    /** Those of one section. */
    static void addSettings(CommandSpec spec, Setting... settings) {
        addGroup(
                spec,
                settings[0].section().heading(),
                Arrays.stream(settings).map(Flags::option).toList());
    }

    static void addSettingsWithout(CommandSpec spec, Setting unwanted) {
        List<OptionSpec> options = settings(unwanted.section())
                .filter(setting -> setting != unwanted)
                .map(Flags::option)
                .toList();
        addGroup(spec, unwanted.section().heading(), options);
    }

    private static Stream<Setting> settings(Section section) {
        return Arrays.stream(Setting.values()).filter(setting -> setting.section() == section);
    }

    static void addGeneral(CommandSpec spec, OptionSpec... further) {
        addGeneral(spec, "No progress. Problems are still shown.", further);
    }

    /** Of a command that writes reports into a folder, and then ends with a summary. */
    static void addGeneralOfReports(CommandSpec spec, OptionSpec... further) {
        addGeneral(
                spec, "No progress; with -o the summary is one line of key=value. Problems are still shown.", further);
    }

    private static void addGeneral(CommandSpec spec, String quiet, OptionSpec... further) {
        List<OptionSpec> options = new ArrayList<>();
        options.add(OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(File.class)
                .description("Configuration file. Default: aiaudit.yaml of the current folder, if present.")
                .build());
        options.addAll(List.of(further));
        options.add(yes(quiet, "-q", QUIET));
        options.add(yes(
                "Log internal steps, library messages and stack traces to standard error, without secrets.", DEBUG));
        options.add(OptionSpec.builder(LOG_FORMAT)
                .paramLabel("LOG_FORMAT") // a shell keeps the values of a label, and FORMAT is that of reports
                .type(LogFormat.class)
                .completionCandidates(new CompletionValues.LogFormats())
                .description(
                        "How standard error is written: text, or json, one object a line. AIAUDIT_LOG_FORMAT does the "
                                + "same. Default: text.")
                .build());
        options.add(yes("No colour. NO_COLOR does the same.", "--no-color"));
        addGroup(spec, "General", options);
    }

    static void addGroup(CommandSpec spec, Section section, OptionSpec... options) {
        addGroup(spec, section.heading(), List.of(options));
    }

    /** Of a command that reads an audit: a saved scan is evaluated again, so the rules and the policy can be chosen. */
    static void addEvaluation(CommandSpec spec, OptionSpec... output) {
        addSettings(spec, Section.RULES);
        addGroup(spec, Section.OUTPUT, output);
        addSettings(spec, Section.MACHINE);
        addGeneral(spec);
    }

    static void addHelp(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
    }

    static void addVersion(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
    }

    /** A flag without a value. */
    static OptionSpec yes(String description, String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** A flag with a value that is no setting of a scan. */
    static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec option(Setting setting) {
        if (setting.form() == Setting.Form.TRUE_OR_FALSE) {
            return yes(setting.help(), setting.flag());
        }
        String[] names = SHORT_NAMES.containsKey(setting)
                ? new String[] {SHORT_NAMES.get(setting), setting.flag()}
                : new String[] {setting.flag()};
        OptionSpec.Builder option = OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                .type(type(setting))
                .paramLabel(setting.label())
                .description(setting.help());
        CompletionValues.of(setting).ifPresent(option::completionCandidates);
        return option.build();
    }

    /** Values are read as they were typed; the type shows a shell whether to complete names of files. */
    private static Class<?> type(Setting setting) {
        return switch (setting.form()) {
            case PATH -> File.class;
            case PATHS -> File[].class;
            default -> setting.takesSeveral() ? String[].class : String.class;
        };
    }

    private static void addGroup(CommandSpec spec, String heading, List<OptionSpec> options) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                .heading("%n" + heading + ":%n")
                .validate(false)
                .order(spec.argGroups().size());
        for (int i = 0; i < options.size(); i++) {
            group.addArg(OptionSpec.builder(options.get(i)).order(i).build());
        }
        spec.addArgGroup(group.build());
    }

    /** The settings that were given as flags, as they were typed. */
    static Map<Setting, List<String>> given(ParseResult parsed) {
        Map<Setting, List<String>> given = new EnumMap<>(Setting.class);
        for (OptionSpec option : parsed.matchedOptionsSet()) {
            Setting.ofFlag(option.longestName())
                    .ifPresent(setting -> given.put(
                            setting, option.stringValues().isEmpty() ? List.of("true") : option.stringValues()));
        }
        return given;
    }

    static boolean has(ParseResult parsed, String flag) {
        return parsed.matchedOptionValue(flag, false);
    }
}
