package io.aiaudit.cli;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Accounts, subscriptions, projects and instances that a hand case has for itself where several are one company: the
 * same words with the number of the case in them. A case that is scanned alone has number 0 and keeps what it says.
 */
record OwnIds(int number, Set<String> projects) {
    static final OwnIds AS_WRITTEN = new OwnIds(0, Set.of());

    private static final Pattern PROJECT = Pattern.compile("(?i)(projects/)([a-z][a-z0-9-]*)");
    private static final Pattern ID = Pattern.compile("(?i)\\b(?:(\\d{3})(?=\\d{9}\\b)"
            + "|(i|vol|snap)-0[0-9a-f]{3}(?=[0-9a-f]{13}\\b)"
            + "|([0-9a-f]{8})-[0-9a-f]{4}(?=(?:-[0-9a-f]{4}){2}-[0-9a-f]{12}\\b)"
            + "|(0A0A0A-0B0B)0B(?=-0C0C0C\\b))");

    private static final int ACCOUNT = 1;
    private static final int KIND = 2;
    private static final int SUBSCRIPTION = 3;
    private static final int PAYER = 4;

    /** No case has accounts or instances that begin so. */
    private static final int FIRST_ACCOUNT = 610;

    private static final int FIRST_INSTANCE = 0xb00;

    static Set<String> projects(String id) {
        return PROJECT.matcher(id).results().map(found -> found.group(2)).collect(Collectors.toSet());
    }

    /** A cell of a file, which may be nothing but a project. */
    String cell(String cell) {
        return projects.contains(cell) ? project(cell) : text(cell);
    }

    String text(String text) {
        if (number == 0) {
            return text;
        }
        String own = ID.matcher(text).replaceAll(this::own);
        return PROJECT.matcher(own).replaceAll(found -> found.group(1) + project(found.group(2)));
    }

    private String project(String name) {
        return number == 0 ? name : name + "-c" + number;
    }

    private String own(MatchResult found) {
        if (found.group(ACCOUNT) != null) {
            return String.valueOf(FIRST_ACCOUNT + number);
        }
        if (found.group(KIND) != null) {
            return found.group(KIND) + String.format(Locale.ROOT, "-0%03x", FIRST_INSTANCE + number);
        }
        if (found.group(SUBSCRIPTION) != null) {
            return found.group(SUBSCRIPTION) + String.format(Locale.ROOT, "-%04x", number);
        }
        return found.group(PAYER) + String.format(Locale.ROOT, "%02X", number);
    }
}
