package io.aiaudit.model;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Forms of texts that give access to something: keys and tokens as their makers publish them, and what comes after
 * the name of a password. One list for what is stored and what is printed, so its expressions are such that Java and
 * the database (RE2) both know.
 */
public final class Tokens {
    private static final String HIDDEN = "[hidden]";

    /** In place of what Java looks ahead for, as RE2 cannot: what is hidden already stays as it is. */
    private static final String UNLESS_HIDDEN = "(?!)";

    /** What such a text starts with; what follows without a separator belongs to it. */
    private static final List<String> STARTS = List.of(
            "(AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}",
            "ABSK[0-9A-Za-z+/]{40}|bedrock-api-key-[0-9A-Za-z+/]{20}",
            "gh[pousr]_[0-9A-Za-z]{30}|github_pat_[0-9A-Za-z_]{20}|glpat-[0-9A-Za-z_-]{20}",
            "xox[abeprs]-[0-9A-Za-z-]{10}",
            "AIza[0-9A-Za-z_-]{35}|ya29\\.[0-9A-Za-z_-]{20}|GOCSPX-[0-9A-Za-z_-]{20}|\\bAQ\\.[0-9A-Za-z_-]{30}"
                    + "|\\b1//0[0-9A-Za-z_-]{30}",
            "eyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]{8}",
            "\\bsk-[0-9A-Za-z_-]{20}|\\bhf_[0-9A-Za-z]{30}|\\bapi_org_[0-9A-Za-z]{30}",
            // An account of storage, a service of Azure AI, and an application of Entra ID.
            "[0-9A-Za-z+/]{86}==|[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{20}|[0-9A-Za-z_~.]{3}[0-9]Q~[0-9A-Za-z_~.-]{31}",
            "://[^/\\s:@\"]*:" + UNLESS_HIDDEN + "[^/\\s@\"]+@",
            "(AccountKey|SharedAccessKey|[?&]sig|(?i:signature))=[0-9A-Za-z+/%]{20}",
            // Of makers of software and models, vaults and chats.
            "[sr]k_(live|test)_[0-9A-Za-z]{16}|\\bSG\\.[0-9A-Za-z_-]{16,}\\.[0-9A-Za-z_-]{16}|npm_[0-9A-Za-z]{30}",
            "pypi-[0-9A-Za-z_-]{16}|\\bhv[sb]\\.[0-9A-Za-z_-]{20}|dapi[0-9a-f]{32}|nvapi-[0-9A-Za-z_-]{20}",
            "gsk_[0-9A-Za-z]{20}|\\br8_[0-9A-Za-z]{30}|xai-[0-9A-Za-z]{20}|\\bdp\\.[a-z]{2,5}\\.[0-9A-Za-z]{30}",
            "AGE-SECRET-KEY-1[0-9A-Z]{20}|hooks\\.slack\\.com/services/T[0-9A-Z]+/B[0-9A-Z]+/[0-9A-Za-z]{10}",
            "(?i:\\bbearer |authorization[\"']?\\s*[:=]\\s*[\"']?basic )[0-9A-Za-z+/=._-]{12}");

    private static final String PASSWORDS = "passw(or)?d|passphrase|pwd";
    private static final String KEYS =
            "secret|client[_-]?secret|(api|access|account|private|shared|subscription)[_-]?key"
                    + "|(access|api|auth|bearer|refresh|security|session)[_-]?token";

    /** In front of an unquoted value: a setting, a line of YAML or a header, and an argument of a command. */
    private static final List<String> NAMED = List.of(
            "(" + PASSWORDS + "|" + KEYS + "|SharedAccessSignature) ?= ?",
            "(\\b(" + PASSWORDS + ")|("
                    + KEYS.replace("secret|client", "client").replace("[_-]?", "[_-]") + ")) *: *",
            "--(" + PASSWORDS + "|" + KEYS + "|token)[ =]");

    private static final Pattern OURS = Pattern.compile(regex("*+").replace(UNLESS_HIDDEN, "(?!\\[hidden])"));

    private Tokens() {}

    /** The text without them; null for null. */
    public static String hide(String text) {
        return text == null ? null : OURS.matcher(text).replaceAll(HIDDEN);
    }

    /** The macro {@code tokens()}: their expression as the database knows it. */
    public static String sqlMacro() {
        return "CREATE OR REPLACE TEMP MACRO tokens() AS '"
                + regex("*").replace(UNLESS_HIDDEN, "").replace("'", "''") + "'";
    }

    /**
     * The macro {@code may_hold_token(x)}: true of each text with a token in it, and of few others. The database takes
     * a tenth of the time to plan it, since nothing is counted: a start with any number of characters after it, and a
     * name with what may follow one.
     */
    public static String sqlMacroOfSigns() {
        String starts = String.join("|", STARTS).replace(UNLESS_HIDDEN, "").replaceAll("[{][0-9,]+}", "+");
        String names = "(?i:(" + PASSWORDS + "|secret|token|key|SharedAccessSignature)[\\\\\"'\\s:=])";
        return "CREATE OR REPLACE TEMP MACRO may_hold_token(x) AS regexp_matches(x, '"
                + ("PRIVATE KEY|" + names + "|" + starts).replace("'", "''") + "')";
    }

    /**
     * @param repeated how often an escaped character may come: in Java without a stack that grows with each
     */
    private static String regex(String repeated) {
        return Stream.of(
                        // to its end or, where that was cut off, to the end of all
                        Stream.of("-----BEGIN [0-9A-Z ]*PRIVATE KEY(?s:.*?)"
                                + "(-----END [0-9A-Z ]*PRIVATE KEY( BLOCK)?-*|\\z)"),
                        Stream.of("\"", "'")
                                .flatMap(quote -> quoted(quote, repeated))
                                .map(value -> "(?i:" + value + ")"),
                        Stream.of("(?i:SharedAccessSignature(=|\\s+)s[a-z]=[^\\s\",;]+)"),
                        Stream.of("("
                                + Stream.concat(
                                                STARTS.stream(),
                                                NAMED.stream()
                                                        .map(name -> "(?i:" + name + UNLESS_HIDDEN
                                                                + "[^\\s,;&\"'][^\\s,;&\"]{5})"))
                                        .collect(Collectors.joining("|"))
                                + ")[^\\s\",;&]*"))
                .flatMap(forms -> forms)
                .collect(Collectors.joining("|"));
    }

    /** Values in quotes, which may have blanks and, after a backslash, quotes; within a text of JSON, too. */
    private static Stream<String> quoted(String quote, String repeated) {
        String names = "(secret|token|" + KEYS + ")";
        String plain = "[^" + quote + "\\\\]";
        String rest = plain + "*(\\\\." + plain + "*)" + repeated + "(" + quote + "|\\z)?";
        String value = quote + UNLESS_HIDDEN + "(" + plain + "|\\\\.)";
        return Stream.of(
                "(" + PASSWORDS + "|" + names + ")\\\\+[\"']\\s*:\\s*\\\\+" + quote + UNLESS_HIDDEN + plain + "{4}"
                        + plain + "*",
                "(" + PASSWORDS + ")[\"']?(\\s*[:=]| is|)\\s*" + value + "{4}" + rest,
                "(" + names + "[\"']?(\\s*[:=]| is)|--" + names + ")\\s*" + value + "{6}" + rest);
    }
}
