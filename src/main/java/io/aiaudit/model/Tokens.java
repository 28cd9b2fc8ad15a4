package io.aiaudit.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** Escaped characters in Java: without a stack that grows with each. */
    private static final String REPEATED = ")*+";

    /** A form, and what each text with it has one of, in small letters: most texts have none, and are done. */
    private record Form(List<String> signs, String regex) {
        static Form of(String signs, String regex) {
            return new Form(List.of(signs.split(" ")), regex);
        }

        boolean mayBeIn(String small) {
            return signs.stream().anyMatch(small::contains);
        }
    }

    private static final String PASSWORDS = "pass[ _-]?w(or)?[dt]|pass[ _-]?phrase|pwd|mot[ _-]?de[ _-]?passe|kennwort"
            + "|senha|contrase(ñ|n\u0303|n)a|wachtwoord|[Пп]ароль|密[码碼]";
    private static final String KEYS =
            "secret|client[_-]?secret|(api|access|account|private|shared|subscription)[_-]?key"
                    + "|(access|api|auth|bearer|refresh|security|session)[_-]?token";

    /** What each name of a password or key has one of. */
    private static final String NAMES = "pass pw secret token key kennwort senha contrase wachtwoord пароль 密";

    /** What such a text starts with; what follows without a separator belongs to it. */
    private static final List<Form> STARTS = List.of(
            Form.of("akia asia abia acca", "(AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}([\\s:,;|&\"'/]{1,5}[0-9A-Za-z+/]{40})?"),
            Form.of("iqojb3jpz2lu fwogzxivyxdz", "(IQoJb3JpZ2lu|FwoGZXIvYXdz)[0-9A-Za-z+/%]{16}"),
            Form.of("absk bedrock-api-key-", "ABSK[0-9A-Za-z+/]{40}|bedrock-api-key-[0-9A-Za-z+/]{20}"),
            Form.of(
                    "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glrt- glptt-",
                    "gh[pousr]_[0-9A-Za-z]{30}|github_pat_[0-9A-Za-z_]{20}|(glpat|\\bgl(dt|rt|ptt))-[0-9A-Za-z_-]{20}"),
            Form.of("xox xapp-", "xox[abeprs]-[0-9A-Za-z-]{10}|xapp-[0-9]-A[0-9A-Z]{8}"),
            Form.of(
                    "aiza ya29. gocspx- aq. 1//0",
                    "AIza[0-9A-Za-z_-]{35}|ya29\\.[0-9A-Za-z_-]{20}|GOCSPX-[0-9A-Za-z_-]{20}|\\bAQ\\.[0-9A-Za-z_-]{30}"
                            + "|\\b1//0[0-9A-Za-z_-]{30}"),
            Form.of("eyj", "eyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]{8}|eyJrIjoi[0-9A-Za-z+/]{20}"),
            Form.of("sk- hf_ api_org_", "\\bsk-[0-9A-Za-z_-]{20}|\\bhf_[0-9A-Za-z]{30}|\\bapi_org_[0-9A-Za-z]{30}"),
            // An account of storage, a service of Azure AI, and an application of Entra ID.
            Form.of(
                    "== jqqj99 q~",
                    "[0-9A-Za-z+/]{86}==|[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{20}"
                            + "|[0-9A-Za-z_~.]{3}[0-9]Q~[0-9A-Za-z_~.-]{31}"),
            Form.of("://", "://([^/\\s:@\"]*:" + UNLESS_HIDDEN + "[^/\\s@\"]+@|[0-9A-Za-z_-]{12,}@git(hub|lab)[.])"),
            Form.of(
                    "accountkey sharedaccesskey sig= signature",
                    "(AccountKey|SharedAccessKey|[?&]sig|(?i:signature))=[0-9A-Za-z+/%]{20}"),
            // Of makers of software and models, vaults and chats.
            Form.of(
                    "k_live_ k_test_ sg. npm_",
                    "[sr]k_(live|test)_[0-9A-Za-z]{16}|\\bSG\\.[0-9A-Za-z_-]{16,}\\.[0-9A-Za-z_-]{16}"
                            + "|npm_[0-9A-Za-z]{30}"),
            Form.of(
                    "pypi- hvs. hvb. dapi nvapi-",
                    "pypi-[0-9A-Za-z_-]{16}|\\bhv[sb]\\.[0-9A-Za-z_-]{20}|dapi[0-9a-f]{32}|nvapi-[0-9A-Za-z_-]{20}"),
            Form.of(
                    "gsk_ r8_ xai- dp.",
                    "gsk_[0-9A-Za-z]{20}|\\br8_[0-9A-Za-z]{30}|xai-[0-9A-Za-z]{20}"
                            + "|\\bdp\\.[a-z]{2,5}\\.[0-9A-Za-z]{30}"),
            Form.of(
                    "whsec_ dckr_pat_ _v1_ shp glsa_ lin_api_ figd_ pscale_tkn_ sntrys_ rpa_",
                    "\\b(whsec_|dckr_pat_|do[opr]_v1_|tgp_v1_|wandb_v1_|shp(at|ca|pa|ss)_|glsa_|lin_api_|figd_"
                            + "|pscale_tkn_|sntrys_|rpa_)[0-9A-Za-z_+/-]{20}"),
            Form.of(
                    "pplx- atatt3x nrak- .atlasv1. ltai pmak- dt0c01.",
                    "\\b(pplx-|ATATT3x|NRAK-|[0-9A-Za-z]{14}[.]atlasv1[.]|LTAI|PMAK-|dt0c01[.])[0-9A-Za-z]{16}"),
            Form.of(
                    "age-secret-key-1 hooks.slack.com discord incomingwebhook",
                    "AGE-SECRET-KEY-1[0-9A-Z]{20}|hooks\\.slack\\.com/services/T[0-9A-Z]+/B[0-9A-Z]+/[0-9A-Za-z]{10}"
                            + "|(discord(app)?\\.com/api/webhooks/[0-9]+|/IncomingWebhook)/[0-9A-Za-z_-]{16}"),
            // A private key (RSA, none, EC, OPENSSH, ENCRYPTED, DSA) whose text was encoded; a certificate is none.
            Form.of(
                    "ls0tls1crudjtib",
                    "LS0tLS1CRUdJTiB(SU0Eg|QUklWQVRF|FQyBQUklW|PUEVOU1NI|FTkNSWVBU|EU0Eg)[0-9A-Za-z+/]{8}"),
            Form.of(
                    "bearer authorization",
                    "(?i:\\bbearer |authorization[\"']?\\s*[:=]\\s*[\"']?basic )[0-9A-Za-z+/=._-]{12}"),
            Form.of(
                    "sshpass curl",
                    "\\b(sshpass(\\s+-\\S+){0,2}\\s+-p ?"
                            + "|curl(\\s+\\S+){0,4}\\s+(-u|--user)[ =]?[\"']?[^\\s:\"']+:)[\"']?"
                            + UNLESS_HIDDEN + "[^\\s\"']{4}"),
            Form.of(
                    "mysql mariadb login redis-cli mongo sqlcmd",
                    "\\b((mysql|mariadb)[a-z_-]*(\\s+\\S+){0,8}\\s+-p|login(\\s+\\S+){0,6}\\s+-p ?"
                            + "|redis-cli(\\s+\\S+){0,6}\\s+-a ?|mongo[a-z]*(\\s+\\S+){0,8}\\s+-p ?"
                            + "|sqlcmd(\\s+\\S+){0,8}\\s+-P ?)[\"']?"
                            + UNLESS_HIDDEN + "[^\\s\"'-][^\\s\"']{3}"),
            Form.of(NAMES, "<(?i:" + PASSWORDS + "|" + KEYS + "|token)>" + UNLESS_HIDDEN + "[^<\\s]{4}"));

    /** In front of an unquoted value: a setting, a line of YAML or a header, and an argument of a command. */
    private static final List<Form> NAMED = List.of(
            Form.of(
                    NAMES + " sharedaccesssignature",
                    "(" + PASSWORDS + "|(\\b|_|db)pass|(\\b|_)pw|" + KEYS + "|SharedAccessSignature) ?= ?"),
            Form.of(
                    NAMES,
                    "(" + PASSWORDS + "|\\bpw|("
                            + KEYS.replace("secret|client", "client").replace("[_-]?", "[_-]") + ")) *: *"),
            Form.of(NAMES, "--(" + PASSWORDS + "|" + KEYS + "|token)[ =]"));

    private static final String NO_DIGIT = "[^\\s,;&\"'0-9]";

    /** In a sentence: what is no word, since it has a digit. */
    private static final Form IN_SENTENCE = Form.of(
            NAMES,
            "(?i:(" + PASSWORDS + ") is )(" + NO_DIGIT + "{5,}[0-9]|(" + NO_DIGIT + "+[0-9]|[0-9]+" + NO_DIGIT
                    + ")[^\\s,;&\"]{4})");

    /** What is hidden as it is. */
    private static final List<Form> WHOLE = whole();

    /** What is hidden with all that follows without a separator. */
    private static final List<Form> OPEN = open();

    /** By which of all forms may be in a text, the whole ones first. */
    private static final Map<BitSet, Pattern> PATTERNS = new ConcurrentHashMap<>();

    /** Texts of a stranger could have any of them together. */
    private static final int MOST_PATTERNS = 500;

    private static final Pattern OF_ALL = pattern(all());

    private Tokens() {}

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, WHOLE.size() + OPEN.size());
        return all;
    }

    /** The text without them; null for null. */
    public static String hide(String text) {
        if (text == null) {
            return null;
        }
        BitSet possible = possible(text.toLowerCase(Locale.ROOT));
        return possible.isEmpty() ? text : kept(possible).matcher(text).replaceAll(HIDDEN);
    }

    private static Pattern kept(BitSet possible) {
        return PATTERNS.size() < MOST_PATTERNS
                ? PATTERNS.computeIfAbsent(possible, Tokens::pattern)
                : PATTERNS.getOrDefault(possible, OF_ALL);
    }

    private static BitSet possible(String small) {
        BitSet possible = new BitSet();
        for (int i = 0; i < WHOLE.size() + OPEN.size(); i++) {
            Form form = i < WHOLE.size() ? WHOLE.get(i) : OPEN.get(i - WHOLE.size());
            possible.set(i, form.mayBeIn(small));
        }
        return possible;
    }

    private static Pattern pattern(BitSet possible) {
        return Pattern.compile(regex(
                        IntStream.range(0, WHOLE.size())
                                .filter(possible::get)
                                .mapToObj(WHOLE::get)
                                .toList(),
                        IntStream.range(0, OPEN.size())
                                .filter(i -> possible.get(WHOLE.size() + i))
                                .mapToObj(OPEN::get)
                                .toList())
                .replace(UNLESS_HIDDEN, "(?!\\[hidden])"));
    }

    /** The macro {@code tokens()}: their expression as the database knows it. */
    public static String sqlMacro() {
        return "CREATE OR REPLACE TEMP MACRO tokens() AS '"
                + regex(WHOLE, OPEN)
                        .replace(UNLESS_HIDDEN, "")
                        .replace(REPEATED, ")*")
                        .replace("'", "''")
                + "'";
    }

    /**
     * The macro {@code may_hold_token(x)}: true of each text with a token in it, and of few others. The database takes
     * a tenth of the time to plan it, since nothing is counted: a start with any number of characters after it, and a
     * name with what may follow one.
     */
    public static String sqlMacroOfSigns() {
        String starts = joined(STARTS)
                .replace(UNLESS_HIDDEN, "")
                .replaceAll("[{]0,[0-9]+}", "*")
                .replaceAll("[{][0-9,]+}", "+");
        String names = "(?i:(" + PASSWORDS + "|(\\b|_|db)pass|(\\b|_)pw|secret|token|key|SharedAccessSignature)"
                + "[\\\\\"'\\s:=>])";
        return "CREATE OR REPLACE TEMP MACRO may_hold_token(x) AS regexp_matches(x, '"
                + ("PRIVATE KEY|" + names + "|" + starts).replace("'", "''") + "')";
    }

    private static String regex(List<Form> whole, List<Form> open) {
        return Stream.of(joined(whole), open.isEmpty() ? "" : "(" + joined(open) + ")[^\\s\",;&]*")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("|"));
    }

    private static String joined(List<Form> forms) {
        return forms.stream().map(Form::regex).collect(Collectors.joining("|"));
    }

    private static List<Form> whole() {
        List<Form> forms = new ArrayList<>();
        // to its end or, where that was cut off, to the end of all
        forms.add(Form.of(
                "-----begin",
                "-----BEGIN [0-9A-Z ]*PRIVATE KEY(?s:.*?)(-----END [0-9A-Z ]*PRIVATE KEY( BLOCK)?-*|\\z)"));
        Stream.of("\"", "'").flatMap(Tokens::quoted).forEach(value -> forms.add(Form.of(NAMES, "(?i:" + value + ")")));
        forms.add(Form.of("sharedaccesssignature", "(?i:SharedAccessSignature(=|\\s+)s[a-z]=[^\\s\",;]+)"));
        return List.copyOf(forms);
    }

    private static List<Form> open() {
        List<Form> forms = new ArrayList<>(STARTS);
        NAMED.forEach(name -> forms.add(
                new Form(name.signs(), "(?i:" + name.regex() + UNLESS_HIDDEN + "[^\\s,;&\"'][^\\s,;&\"]{5})")));
        forms.add(IN_SENTENCE);
        return List.copyOf(forms);
    }

    /** Values in quotes, which may have blanks and, after a backslash, quotes; within a text of JSON, too. */
    private static Stream<String> quoted(String quote) {
        String names = "(secret|token|" + KEYS + ")";
        String plain = "[^" + quote + "\\\\]";
        String rest = plain + "*(\\\\." + plain + "*" + REPEATED + "(" + quote + "|\\z)?";
        String value = quote + UNLESS_HIDDEN + "(" + plain + "|\\\\.)";
        return Stream.of(
                "(" + PASSWORDS + "|" + names + ")\\\\+[\"']\\s*:\\s*\\\\+" + quote + UNLESS_HIDDEN + plain + "{4}"
                        + plain + "*",
                "(" + PASSWORDS + ")[\"']?(\\s*[:=]| is|)\\s*" + value + "{4}" + rest,
                "(" + names + "[\"']?(\\s*[:=]| is)|--" + names + ")\\s*" + value + "{6}" + rest);
    }
}
