package io.aiaudit.redact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that aiaudit itself uses, and the names of the clouds' own things. Whatever a text has beside them came
 * from the audited company, or might have: it is replaced. A list of what may stay fails safe; one of what must go
 * would not.
 */
final class KnownWords {
    /**
     * A word: letters, digits and underscores, and what joins them to one name, such as g5.2xlarge, on-demand or
     * jane@example.com.
     */
    static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_]|[-.@](?=[\\p{L}\\p{N}]))*");

    /** Not one with three points and more: that is the address of a machine. */
    private static final Pattern NUMBER = Pattern.compile(
            "[0-9]{1,9}([.][0-9]+){0,2}(h|d|x|s|ms|w|k|m|z|t|pm|am|gb|gib|mb|mib|tb|tib|kb|st|nd|rd|th|[.]00z)?");

    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}(-[0-9]{2}(t[0-9]{2})?)?");
    private static final Pattern SPAN = Pattern.compile("[0-9]{1,4}-[0-9]{1,4}");

    /** Numbers of accounts, projects and enrolments, and cost centres. */
    private static final Pattern NUMBERED = Pattern.compile("[0-9]{4,9}(-[0-9]{4})?");

    private static final Pattern JOINTS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    /** What types are called that no list has yet, such as p7 and 48xlarge. */
    private static final Pattern CODE = Pattern.compile("[a-z]{0,3}[0-9]{1,5}(?:[a-z]{1,8}[0-9]{0,3}[a-z]?)?");

    /** Ids of models and machines that the reference tables hold beside words. */
    private static final List<String> REFERENCE = List.of(
            "/io/aiaudit/store/reference/models.csv",
            "/io/aiaudit/store/reference/offers-aws.csv",
            "/io/aiaudit/store/reference/offers-azure.csv",
            "/io/aiaudit/store/reference/offers-gcp.csv");

    private static final String WORDS = "/io/aiaudit/redact/words.txt";

    /** What reports can't do without and what every report has, even if somebody gives a resource such a name. */
    private static final Set<String> NEVER_A_NAME = Set.of(
            ("yes no true false none null unknown unspecified other a an and are as at be but by can for from had has "
                            + "have if in is it its not of on or so"
                            + " than that the their them then there these they this to up was were what when where "
                            + "which while with without would you your"
                            + " all any each more most same some such only also per aws azure amazon google microsoft "
                            + "kubernetes default"
                            + " batch cluster endpoint instance instances notebook sessions requests tokens monthly "
                            + "claims demand spot"
                            + " reserved committed")
                    .split(" "));

    /** Services as bills of the clouds call them, one a line; some of them could be a team or a project, too. */
    private static final String SERVICES = "/io/aiaudit/redact/services.txt";

    /** A cloud, as bills name it or one of its companies. */
    private static final Pattern CLOUD_COMPANY = Pattern.compile(
            "(?i)(aws|amazon|microsoft|azure|google|gcp)([ ,.]+(aws|web|services?|data|cloud|azure|platform|marketplace"
                    + "|seller|operations|inc|llc|ltd|limited|corporation|sarl|emea|europe|ireland|india|private"
                    + "|australia|pty|canada|japan|kk|korea|singapore|pte|asia|pacific))*[.]?|marketplace seller");

    private final Set<String> words = new HashSet<>();
    private final Set<String> ofReference = new HashSet<>();
    private final Set<String> parts = new HashSet<>();
    private final Set<String> services = new HashSet<>();

    private KnownWords() {}

    static KnownWords load() {
        KnownWords known = new KnownWords();
        REFERENCE.forEach(known::add);
        known.ofReference.addAll(known.words);
        known.words.forEach(word -> known.parts.addAll(Arrays.asList(JOINTS.split(word))));
        known.add(WORDS);
        read(SERVICES).lines().forEach(known.services::add);
        return known;
    }

    private void add(String resource) {
        Matcher word = WORD.matcher(read(resource));
        while (word.find()) {
            words.add(word.group().toLowerCase(Locale.ROOT));
        }
    }

    private static String read(String resource) {
        try (InputStream in = KnownWords.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /** Whether a word may stay in a sentence: it is ours, or an amount or a time. A long number may be an account. */
    boolean mayStay(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return words.contains(lower) || isAmount(lower);
    }

    /**
     * Whether a region, a type or a state is one that a cloud might have: each part of it is of a region or type that
     * we know, a word of ours or a short code. Files may have any text there.
     */
    boolean isOfCloud(String text) {
        return JOINTS.splitAsStream(text)
                .map(part -> part.toLowerCase(Locale.ROOT))
                .allMatch(part -> part.isEmpty()
                        || parts.contains(part)
                        || words.contains(part)
                        || CODE.matcher(part).matches());
    }

    /** Whether a word is in the reference tables, such as a type of a cloud or a model. */
    boolean isOfReference(String word) {
        return ofReference.contains(word.toLowerCase(Locale.ROOT)) && !isAmount(word);
    }

    /** Whether a whole text is the name of a cloud's service. */
    boolean isService(String text) {
        return services.contains(text);
    }

    /** Whether who sells something is one of the clouds. */
    static boolean isCloudCompany(String text) {
        return CLOUD_COMPANY.matcher(text).matches();
    }

    static boolean isAmount(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return NUMBER.matcher(lower).matches()
                || TIME.matcher(lower).matches()
                || SPAN.matcher(lower).matches();
    }

    /**
     * Whether a name may be replaced wherever a sentence has it. A short number is an amount more often than the
     * account or project that is called by it.
     */
    static boolean canBeAName(String word) {
        return NUMBERED.matcher(word).matches()
                || (word.length() > 1 && !isAmount(word) && !NEVER_A_NAME.contains(word.toLowerCase(Locale.ROOT)));
    }
}
