package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Setting.Section;
import io.aiaudit.config.Settings;
import io.aiaudit.model.ShellWord;
import io.aiaudit.report.terminal.TerminalStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What shows a report again in another form. Where a cloud was read that is the report of a saved scan: reading it
 * again takes minutes, and its requests may cost.
 *
 * @param again takes further flags; null = no flag can be added
 * @param save what makes the saved scan that {@code again} names; null = it is there, or none is needed
 */
record NextCommands(String again, String save) {
    /** Where a command would name a path that must not be named. */
    static final NextCommands UNKNOWN = new NextCommands(null, null);

    private static final String SUGGESTED = "audit.aiaudit";

    /** Sources whose data lies on this computer. */
    private static final Set<String> ON_DISK = Set.of("files", "demo");

    private static final Set<String> REPORT = Set.of(Setting.FORMAT.flag(), Setting.OUTPUT.flag());

    static NextCommands of(Settings settings, Invocation invocation) {
        if (Redaction.isWanted(settings)) { // names of files are names
            return UNKNOWN;
        }
        Settings.Value saved = settings.find(Setting.SAVE).orElse(null);
        if (saved != null) {
            return new NextCommands(report(saved.path().toString(), invocation), null);
        }
        String typed = line(Stream.concat(
                Stream.of("aiaudit"),
                withoutReport(invocation).stream().filter(word -> !word.equals(Setting.DETAILS.flag()))));
        boolean costs = invocation.parsed().commandSpec().userObject() instanceof ScanCommand
                && settings.words(Setting.SOURCES).stream().anyMatch(source -> !ON_DISK.contains(source));
        return costs
                ? new NextCommands(report(SUGGESTED, invocation), typed + " " + Setting.SAVE.flag() + " " + SUGGESTED)
                : new NextCommands(typed, null);
    }

    /** The words as they were typed, without the format and the folder: a next command has its own. */
    private static List<String> withoutReport(Invocation invocation) {
        List<String> flags = invocation.parsed().matchedOptionsSet().stream()
                .filter(option -> REPORT.contains(option.longestName()))
                .flatMap(option -> Stream.of(option.names()))
                .toList();
        List<String> words = new ArrayList<>();
        boolean isValue = false;
        for (String word : invocation.typed()) {
            int letter = letter(word, flags, invocation);
            if (isValue) {
                isValue = false;
            } else if (letter > 0) { // -qf html and -qfhtml: what comes before is kept
                if (letter > 1) {
                    words.add(word.substring(0, letter));
                }
                isValue = letter == word.length() - 1;
            } else if (flags.contains(word)) {
                isValue = true;
            } else if (flags.stream().noneMatch(flag -> word.startsWith(flag + "="))) {
                words.add(word);
            }
        }
        return words;
    }

    /** Where one of the flags is in a word such as {@code -qf}, after letters of flags without a value; or 0. */
    private static int letter(String word, List<String> flags, Invocation invocation) {
        if (!word.startsWith("-") || word.startsWith("--")) {
            return 0;
        }
        for (int at = 1; at < word.length(); at++) {
            String flag = "-" + word.charAt(at);
            OptionSpec option = invocation.parsed().commandSpec().findOption(flag);
            if (flags.contains(flag)) {
                return at;
            }
            if (option == null || option.arity().max() > 0) {
                return 0;
            }
        }
        return 0;
    }

    TerminalStyle on(TerminalStyle style) {
        return style.withAgain(again).withSave(save);
    }

    /** The report of a saved scan, with the flags of the scan that it takes. */
    private static String report(String file, Invocation invocation) {
        List<String> words = new ArrayList<>(List.of("aiaudit", "report", file));
        for (OptionSpec option : invocation.parsed().matchedOptionsSet()) {
            if (isOfReport(option)) {
                option.originalStringValues().forEach(value -> words.addAll(List.of(option.longestName(), value)));
            }
        }
        return line(words.stream());
    }

    /** Not what decides about the exit code or about the scan. */
    private static boolean isOfReport(OptionSpec option) {
        return option.longestName().equals(Flags.CONFIG)
                || Setting.ofFlag(option.longestName())
                        .filter(setting -> !Set.of(Setting.SAVE, Setting.DETAILS, Setting.FAIL_ON, Setting.ALLOW_GAPS)
                                        .contains(setting)
                                && !REPORT.contains(setting.flag()))
                        .filter(setting -> setting.section() == Section.RULES || setting.section() == Section.OUTPUT)
                        .isPresent();
    }

    private static String line(Stream<String> words) {
        return words.map(ShellWord::quoted).collect(Collectors.joining(" "));
    }
}
