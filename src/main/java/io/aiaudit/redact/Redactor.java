package io.aiaudit.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.aiaudit.model.OwnerName;
import io.aiaudit.model.UserText;
import io.aiaudit.model.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Replaces names, ids and what sentences say of them. It has to be shown all names first ({@link #learnName}, {@link
 * #learnId}): a sentence may have one of them anywhere, and a name such as "search" is an ordinary word elsewhere.
 */
final class Redactor {
    private static final Pattern SEGMENT = Pattern.compile("[^/:]+");
    private static final Pattern ACCOUNT = Pattern.compile("(aws|azure|gcp|kubernetes|other):([^/:]+)");
    private static final Pattern SERVICE_OF_ACCOUNT = Pattern.compile("(aws|azure|gcp|kubernetes|other):[^/]*/");
    private static final Pattern REGION = Pattern.compile("([a-z]{2,}(?:-[a-z]+)+-?[0-9]{1,2})(?:-?[a-z])?");
    private static final Set<String> NO_REGION = Set.of("global", "default", "-", "*");

    /** What follows these types is of the cloud, where we know it. */
    private static final Set<String> PUBLIC = Set.of("providers", "publishers", "models", "foundation-model");

    /** What follows these types may be a region or a zone; elsewhere a name is one that is spelt alike. */
    private static final Set<String> OF_REGIONS = Set.of("locations", "regions", "zones", "global");

    /** As ids of Google Cloud have them for what runs in a cluster. No name follows the first three. */
    private static final Set<String> OF_KUBERNETES =
            Set.of("k8s apps batch namespaces deployments jobs cronjobs statefulsets pods".split(" "));

    private static final Set<String> WITHOUT_A_NAME = Set.of("k8s", "apps", "batch");

    /** Types behind the first one of an ARN; any other word there is a name or a part of a path. */
    private static final Set<String> WITHIN_AN_ARN =
            Set.of("variant", "autoScalingGroupName", "log-stream", "deployments", "jobs", "cronjobs", "statefulsets");

    /** As SageMaker names the log groups of what it runs. */
    private static final Pattern LOGS_OF_A_SERVICE = Pattern.compile("log-group:/aws/sagemaker/(?:Endpoints"
            + "|NotebookInstances|ProcessingJobs|TrainingJobs|TransformJobs|Clusters)/");

    /** What a tag is called in most companies. */
    private static final Set<String> COMMON_TAGS =
            Set.of(("app application business_unit cost-center cost_center costcenter data data_class department env"
                            + " environment job model name owner parameters_billion project role service sla stage team"
                            + " workload interactive")
                    .split(" "));

    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_.:/+-]{1,60}");

    /** A name in lower case that may be a word of any sentence. */
    private static final Pattern WORD_IN_LOWER_CASE = Pattern.compile("[a-z]+");

    private static final Pattern RULE_ID = Pattern.compile("[a-z0-9-]+");

    /** What a command is called by: its service is not the team or group that has the same name. */
    private static final Pattern OF_COMMANDS =
            Pattern.compile("dev/null\\b|(?:aws|az|gcloud(?: alpha| beta)?|kubectl)(?: [a-z][a-z0-9-]*){2}(?= )");

    /** As errors quote them: what a user has to run. */
    private static final Pattern COMMAND = Pattern.compile("(?:aiaudit|aws|az|gcloud|kubectl|ulimit) ");

    /** Of AWS, Azure or Google Cloud. */
    private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z0-9-]*:[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*"
            + "|Microsoft[.][A-Za-z]+(?:/[A-Za-z]+)+|[a-z]+[.][a-z][A-Za-z]*[.][a-z][A-Za-z]*(?![.A-Za-z0-9_@-])");

    private static final Pattern NOT_ORDINARY = Pattern.compile("[0-9_]");

    private static final List<String> FLAGS_OF_REGIONS =
            List.of("--region ", "--region=", "--zone ", "--zone=", "--location ", "--location=");

    /** As the commands of a resource have them: a hash of its id at the end keeps them apart. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*_[0-9a-f]{8}");

    /** Numbers of accounts, and addresses: nothing that a meter is called by. */
    private static final Pattern OF_PERSONS = Pattern.compile("[0-9]{10,}|@");

    private static final int ARN_PARTS = 6;
    private static final int ARN_SERVICE = 2;
    private static final int ARN_ACCOUNT = 4;

    /** As ids of Azure begin. */
    private static final Pattern ARM = Pattern.compile("(?i)/(?:subscriptions|providers)/");

    /** A file of ours with the words in front of it, none of them a path. */
    private static final Pattern OF_OURS = Pattern.compile("(?:[^/\\\\]* )?(?:aiaudit[.]yaml|docs/[^ ]+)");

    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    /** Of a folder that is read. */
    private static final int DEEPEST_INPUT = 16;

    private static final int MOST_INPUTS = 10_000;

    private final RedactionKey key;
    private final KnownWords known;

    /** Names by their first word in lower case, the longest first. */
    private final Map<String, Set<String>> names = new HashMap<>();

    /** Ordinary words that only an owner, an environment, an account or a tag has as its name. */
    private final Set<String> groups = new HashSet<>();

    /** All that is no owner: a resource is called as it is called, and "Search" is another one than "search". */
    private final Set<String> exact = new HashSet<>();

    /** Owners by {@link OwnerName#key}. */
    private final Set<String> owners = new HashSet<>();

    /** Where sentences have what the audit says the user wrote. */
    private final List<Pattern> quoted = new ArrayList<>();

    /** Which names a text may have in it. */
    private enum Names {
        ALL,
        /** A sentence of ours is about resources and says nothing of owners: "data" in it is no team. */
        OF_RESOURCES,
        /** The same where a rule may be named, which is then no resource of that name. */
        OF_RESOURCES_NOT_RULES,
        ALL_NOT_RULES,
        /** What went wrong names rules, metrics, regions and permissions, which stay whoever is called so. */
        ALL_IN_ERRORS,
        /** In what a cloud calls a meter: public words and codes that no list has whole, such as {@code EUW1-Host}. */
        ALL_IN_METERS,
        NONE;

        boolean withGroups() {
            return this == ALL || this == ALL_NOT_RULES || this == ALL_IN_ERRORS || this == ALL_IN_METERS;
        }

        boolean withoutRules() {
            return this == ALL_NOT_RULES || this == OF_RESOURCES_NOT_RULES || this == ALL_IN_ERRORS;
        }
    }

    Redactor(RedactionKey key, KnownWords known) {
        this.key = key;
        this.known = known;
    }

    /** From now on this name is replaced wherever a text has it. */
    void learnName(String name) {
        exact.add(name);
        learnSpelling(name);
    }

    /** The same for an owner, who has one pseudonym in all spellings. */
    void learnOwner(String name) {
        if (!OwnerName.key(name).isEmpty()) {
            owners.add(OwnerName.key(name));
            key.spelling(name);
            if (!learnedAsGroup(name)) {
                learnSpelling(name);
            }
        }
    }

    private void learnSpelling(String name) {
        Matcher word = KnownWords.WORD.matcher(name);
        if (!KnownWords.canBeAName(name) || !word.find()) {
            return;
        }
        String from = name.substring(word.start());
        names.computeIfAbsent(
                        word.group().toLowerCase(Locale.ROOT),
                        first -> new TreeSet<>(Comparator.comparing(String::length)
                                .reversed()
                                .thenComparing(Comparator.naturalOrder())))
                .add(from);
    }

    /** The same for an owner, an environment, an account or a tag; an ordinary word stays in our own sentences. */
    void learnGroup(String name) {
        exact.add(name);
        if (!learnedAsGroup(name)) {
            learnSpelling(name);
        }
    }

    private boolean learnedAsGroup(String name) {
        boolean isGroup =
                WORD_IN_LOWER_CASE.matcher(name).matches() && known.mayStay(name) && KnownWords.canBeAName(name);
        if (isGroup) {
            groups.add(name);
        }
        return isGroup;
    }

    /** The same for a company; a cloud stays. */
    void learnSeller(String name) {
        if (!KnownWords.isCloudCompany(name)) {
            learnGroup(name);
        }
    }

    /**
     * The same for a file or folder that is read, and for what is in it: messages name a file by its path, by a part of
     * that or by its name. A folder of one word is a word of any sentence.
     *
     * @param levels how many folders below each other are read, at most
     */
    void learnInput(Path input, int levels) {
        learnPath(input);
        if (!Files.isDirectory(input)) {
            return;
        }
        try (Stream<Path> files = Files.walk(input, Math.min(levels, DEEPEST_INPUT))) {
            files.filter(path -> !path.equals(input) && !isHidden(input.relativize(path)))
                    .limit(MOST_INPUTS)
                    .forEach(path -> {
                        learnPath(path);
                        learnWhole(input.relativize(path));
                    });
        } catch (IOException | UncheckedIOException e) {
            // What cannot be listed cannot be read either; its path is learned, and patterns find what messages name.
            learnWhole(input.toAbsolutePath());
        }
    }

    private static boolean isHidden(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    /** A file of words that any sentence may have keeps its name, such as bill.csv, but not its folder. */
    private void learnPath(Path path) {
        learnWhole(path);
        for (Path part : path) {
            if (part.toString().indexOf(' ') >= 0) {
                learnName(part.toString());
            }
        }
        if (path.getFileName() != null && Files.isRegularFile(path)) {
            learnUnlessOurs(path.getFileName().toString());
        }
    }

    /** Its last part alone may be a word of any sentence. */
    private void learnWhole(Path path) {
        learnUnlessOurs(path.toString());
        learnUnlessOurs(path.normalize().toString());
    }

    /** The same for a file, which texts name with or without its folder. */
    void learnFile(String path) {
        learnUnlessOurs(path);
        learnUnlessOurs(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
    }

    /** Of {@code ./usage} only the word would be learned, which sentences of ours have, too. */
    private void learnUnlessOurs(String name) {
        Matcher word = KnownWords.WORD.matcher(name);
        if (word.find() && !known.mayStay(name.substring(word.start()))) {
            learnName(name);
        }
    }

    /** The same for the files that an error is about, which the sentence beside it may name, too. */
    void learnPaths(String error) {
        ofError(error).stream().filter(UserTexts.Span::isFile).forEach(span -> learnFile(span.of(error)));
    }

    /** The same for what the user wrote within a text of ours. A single word may be one of any sentence. */
    void learnUserTexts(String text, boolean isAccepted) {
        userTexts(text, isAccepted).stream()
                .filter(span -> span.isName() || span.of(text).indexOf(' ') > 0)
                .forEach(span -> learnName(span.of(text)));
    }

    /** The same for what the audit says the user wrote, which is replaced whole where a sentence quotes it. */
    void learnUserText(UserText text) {
        quoted.add(UserTexts.quoted(text));
        switch (text.part()) {
            case OWNER -> learnOwner(text.text());
            case VALUE -> learnUnlessOurs(UserTexts.value(text.text(), ": "));
            case REASON -> {
                if (text.text().indexOf(' ') > 0) {
                    learnName(text.text());
                }
            }
            case CONDITION, RULE, FILE -> {}
        }
    }

    /** A text that the audit says the user wrote, as sentences then have it. */
    String userText(UserText text) {
        String value = switch (text.part()) {
            case CONDITION -> UserTexts.value(text.text(), " ");
            case VALUE -> UserTexts.value(text.text(), ": ");
            case REASON, OWNER, RULE, FILE -> text.text();
        };
        String key = text.text().substring(0, text.text().length() - value.length());
        return key + (text.part() == UserText.Part.FILE ? file(value) : name(value));
    }

    /** The same for the owners in a part of aiaudit.yaml. */
    void learnYaml(String text) {
        UserTexts.ofYaml(text).stream().filter(UserTexts.Span::isName).forEach(span -> learnOwner(span.of(text)));
    }

    private List<UserTexts.Span> userTexts(String text, boolean isAccepted) {
        return isAccepted ? UserTexts.ofAccepted(text) : UserTexts.of(text, quoted);
    }

    /** The same for the names in an id. */
    void learnId(String id) {
        parts(id).stream().filter(Part::isName).map(Part::text).forEach(this::learnName);
    }

    /** The same for an object of tags. */
    void learnTags(JsonNode tags) {
        tags.properties().forEach(tag -> {
            if (isOwner(tag.getKey())) {
                learnOwner(tag.getValue().asText());
            } else {
                learnGroup(tag.getValue().asText());
            }
            if (!isCommon(tag.getKey())) {
                learnGroup(tag.getKey());
            }
        });
    }

    private static boolean isOwner(String tag) {
        return tag.equalsIgnoreCase("owner");
    }

    private static boolean isCommon(String tag) {
        return COMMON_TAGS.contains(tag.toLowerCase(Locale.ROOT));
    }

    /** Tags with usual keys and replaced values. */
    JsonNode tags(JsonNode tags) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        tags.properties()
                .forEach(tag -> changed.set(
                        isCommon(tag.getKey()) ? tag.getKey() : name(tag.getKey()),
                        TextNode.valueOf(
                                isOwner(tag.getKey())
                                        ? owner(tag.getValue().asText())
                                        : name(tag.getValue().asText()))));
        return changed;
    }

    /** What aiaudit has for something, such as a time or a unit: one plain word stays. */
    String plain(String text) {
        return !RedactionKey.isLikeAPseudonym(text) && PLAIN.matcher(text).matches() ? text : ourText(text);
    }

    /** What the cloud calls something, such as a region. A file may say anything there. */
    String cloud(String text) {
        if (RedactionKey.isLikeAPseudonym(text)) {
            return name(text);
        }
        return known.isOfCloud(text) ? text : ourText(text);
    }

    /** Whether a rule is in the jar: what one says that is not may name anybody. */
    boolean isRuleOfOurs(String rule) {
        return RULE_ID.matcher(rule).matches() && Redactor.class.getResource("/rules/" + rule + "/rule.yaml") != null;
    }

    /** A whole value that is a name. */
    String name(String name) {
        return name.isEmpty() ? name : key.pseudonym(spelling(name));
    }

    /** The same for an owner. */
    String owner(String name) {
        return OwnerName.key(name).isEmpty() ? name(name) : key.pseudonym(key.spelling(name));
    }

    /** The name itself, or that of the owner of whom it is another spelling. */
    private String spelling(String name) {
        return !exact.contains(name) && owners.contains(OwnerName.key(name)) ? key.spelling(name) : name;
    }

    /** Who sells something: a cloud stays. */
    String seller(String name) {
        return KnownWords.isCloudCompany(name) ? name : name(name);
    }

    /** What a bill calls the service of a charge. Elsewhere the same words may be a team: "AI Platform". */
    String service(String service) {
        return known.isService(service) ? service : text(service);
    }

    /** What a cloud calls the meter of a charge. */
    String meter(String meter) {
        return RedactionKey.isLikeAPseudonym(meter)
                ? name(meter)
                : replaced(meter, 0, meter.length(), Names.ALL_IN_METERS);
    }

    /** Whether this is what a charge without a resource is called by: the service in its account. */
    boolean isServiceOfAccount(String id, String name) {
        return known.isService(name) && SERVICE_OF_ACCOUNT.matcher(id).lookingAt() && id.endsWith("/" + name);
    }

    /**
     * An id keeps its form, so that it still shows what kind of thing it is and commands keep theirs; each name in it
     * is replaced.
     */
    String id(String id) {
        StringBuilder redacted = new StringBuilder();
        parts(id).forEach(part -> redacted.append(part.isName ? key.pseudonym(part.text) : part.text));
        return redacted.toString();
    }

    /** A piece of an id; the pieces in their order are the id. */
    private record Part(String text, boolean isName) {}

    private List<Part> parts(String id) {
        Matcher account = ACCOUNT.matcher(id);
        if (account.matches()) {
            return List.of(new Part(account.group(1) + ":", false), new Part(account.group(2), true));
        }
        List<Part> parts = new ArrayList<>();
        if (id.startsWith("arn:") && id.split(":", ARN_PARTS).length == ARN_PARTS) {
            String[] fields = id.split(":", ARN_PARTS);
            for (int index = 0; index < ARN_PARTS - 1; index++) {
                boolean isName = !fields[index].isEmpty() && (index == ARN_ACCOUNT || !known.mayStay(fields[index]));
                parts.add(new Part(fields[index], isName));
                parts.add(new Part(":", false));
            }
            withinArn(fields, parts);
        } else if (id.startsWith("//")) {
            alternating(id, 1, parts);
        } else if (ARM.matcher(id).lookingAt()) {
            alternating(id, 0, parts);
        } else if (!id.isEmpty()) {
            parts.add(new Part(id, true));
        }
        return parts;
    }

    /** A type and a name, or a path of names. What lies in S3 has no type. */
    private void withinArn(String[] fields, List<Part> parts) {
        String path = fields[ARN_PARTS - 1];
        Matcher logs = LOGS_OF_A_SERVICE.matcher(path);
        int end = logs.lookingAt() ? logs.end() : 0;
        parts.add(new Part(path.substring(0, end), false));
        boolean mayBeAType = end == 0 && !fields[ARN_SERVICE].equals("s3");
        Matcher segment = SEGMENT.matcher(path).region(end, path.length());
        while (segment.find()) {
            parts.add(new Part(path.substring(end, segment.start()), false));
            end = segment.end();
            String text = segment.group();
            boolean isType = mayBeAType ? known.mayStay(text) : WITHIN_AN_ARN.contains(text);
            parts.add(new Part(text, !isType || end == path.length()));
            mayBeAType = false;
        }
        parts.add(new Part(path.substring(end), false));
    }

    /**
     * Types and names by turns, as in {@code projects/NAME/locations/NAME}. What is no type of ours is a name, and so
     * is whatever comes last.
     *
     * @param hosts how many segments in front are the host of an API
     */
    private void alternating(String path, int hosts, List<Part> parts) {
        Matcher segment = SEGMENT.matcher(path);
        int end = 0;
        int hostsLeft = hosts;
        boolean isTurnOfType = true;
        String type = "";
        while (segment.find()) {
            parts.add(new Part(path.substring(end, segment.start()), false));
            end = segment.end();
            String text = segment.group();
            boolean isType = isTurnOfType && end < path.length();
            boolean isOfCloud = (isType || PUBLIC.contains(type))
                    ? known.mayStay(text)
                    : OF_REGIONS.contains(type) && isRegion(text);
            boolean mayStay = isOfCloud || (isType && OF_KUBERNETES.contains(text));
            parts.add(new Part(text, !mayStay));
            isTurnOfType = hostsLeft > 0 || !isTurnOfType || WITHOUT_A_NAME.contains(text);
            hostsLeft--;
            type = text;
        }
        parts.add(new Part(path.substring(end), false));
    }

    /** Whether a segment is a region or a zone of a cloud, or a word for none or all of them. */
    private boolean isRegion(String text) {
        Matcher region = REGION.matcher(text);
        return NO_REGION.contains(text) || (region.matches() && known.mayStay(region.group(1)));
    }

    /**
     * A sentence, a command or any other text: names go, and so does each word that is not one of ours. What the user
     * wrote in it is replaced whole.
     */
    String text(String text) {
        return replaced(text, UserTexts.of(text, quoted));
    }

    /** A sentence of a rule of ours or of aiaudit about a resource. */
    String sentence(String text) {
        return replaced(text, UserTexts.of(text, quoted), Names.OF_RESOURCES);
    }

    /** Why a finding has its status, which may be another rule. */
    String decided(String text) {
        return replaced(text, UserTexts.of(text, quoted), Names.OF_RESOURCES_NOT_RULES);
    }

    /** Why a finding is accepted: mostly what the user wrote. */
    String accepted(String text) {
        return replaced(text, UserTexts.ofAccepted(text), Names.ALL_NOT_RULES);
    }

    /** What was wrong, and where: what it quotes and the paths in it are replaced whole. */
    String error(String text) {
        return replaced(text, ofError(text), Names.ALL_IN_ERRORS);
    }

    /** Where a file is known, the words of ours in front of it are no part of its name. */
    private List<UserTexts.Span> ofError(String text) {
        return UserTexts.ofError(
                        text,
                        quoted,
                        span -> span.isFile() ? isOfUser(text, span) : !span.isQuoted(text) || !isPublic(text, span))
                .stream()
                .map(span -> span.isFile() ? span.from(startOfFile(text, span)) : span)
                .toList();
    }

    /** A sentence of ours ends in the name of a file, too: "Exclude the region in aiaudit.yaml". */
    private boolean isOfUser(String text, UserTexts.Span span) {
        String file = span.of(text);
        if (startOfFile(text, span) > span.start()) {
            return true;
        }
        boolean isPath = SEPARATOR.matcher(file).find();
        boolean isOfWords = isKnown(file);
        return !OF_OURS.matcher(file).matches() && (isPath || !isOfWords);
    }

    /** Whether what is quoted is a word of ours or of a cloud, or a command, which is then judged word by word. */
    private boolean isPublic(String text, UserTexts.Span span) {
        String quoted = span.of(text);
        boolean isOneWord = !KnownWords.WORD.matcher(quoted).find()
                || isVocabulary(quoted)
                || span.isIdentifier(text)
                || PERMISSION.matcher(quoted).matches();
        return isOneWord
                || (text.charAt(span.start() - 1) == '\''
                        && COMMAND.matcher(quoted).lookingAt());
    }

    /**
     * A rule, a metric, a kind, a region or a type. An ordinary word is none, such as the metric "requests": somebody
     * may be called so.
     */
    private boolean isVocabulary(String word) {
        return isRuleOfOurs(word)
                || (NOT_ORDINARY.matcher(word).find()
                        && (Vocabulary.METRICS.contains(word)
                                || Vocabulary.KINDS.contains(word)
                                || (REGION.matcher(word).matches() && isRegion(word))
                                || known.isOfReference(word)));
    }

    private int startOfFile(String text, UserTexts.Span span) {
        Matcher word = KnownWords.WORD.matcher(text).region(span.start(), span.end());
        while (word.find()) {
            String name = nameAt(text, word, span.end());
            if (name != null && word.start() + name.length() == span.end()) {
                boolean isPath = SEPARATOR
                        .matcher(text)
                        .region(span.start(), word.start())
                        .find();
                return isPath ? span.start() : word.start();
            }
        }
        return span.start();
    }

    /** A value that somebody outside may have written: several words are replaced whole. */
    String value(String text) {
        return text.strip().indexOf(' ') < 0 || known.isService(text) ? text(text) : key.pseudonym(text);
    }

    /** A text of somebody outside, such as the description of a charge. */
    String written(String text) {
        return text.isEmpty() || KnownWords.isAmount(text) ? text : key.pseudonym(text);
    }

    /** A file with its folder; a name that aiaudit itself gives a file stays. */
    String file(String path) {
        Matcher word = KnownWords.WORD.matcher(path);
        if (!word.find() || (word.end() - word.start() == path.length() && known.mayStay(path))) {
            return path;
        }
        return path.substring(0, word.start()) + key.pseudonym(path.substring(word.start()));
    }

    /** A part of aiaudit.yaml: its keys stay, and what the user wrote is replaced value by value. */
    String yaml(String text) {
        return replaced(text, UserTexts.ofYaml(text));
    }

    /**
     * A text of ours that names nothing of the audited company by itself: an ordinary word in it is not the name that
     * is spelt alike.
     */
    String ourText(String text) {
        return replaced(text, 0, text.length(), Names.NONE);
    }

    private String replaced(String text, List<UserTexts.Span> whole) {
        return replaced(text, whole, Names.ALL);
    }

    private String replaced(String text, List<UserTexts.Span> whole, Names with) {
        StringBuilder redacted = new StringBuilder();
        int end = 0;
        for (UserTexts.Span span : whole) {
            redacted.append(replaced(text, end, span.start(), with));
            redacted.append(span.isFile() ? file(span.of(text)) : name(span.of(text)));
            end = span.end();
        }
        return redacted.append(replaced(text, end, text.length(), with)).toString();
    }

    /** From one position to another; a name that begins there and ends behind it is none. */
    private String replaced(String text, int from, int to, Names with) {
        StringBuilder redacted = new StringBuilder();
        Matcher word = KnownWords.WORD.matcher(text).region(from, to);
        int shown = from;
        while (word.find()) {
            if (word.start() < shown) {
                continue;
            }
            redacted.append(text, shown, word.start());
            Matcher command = OF_COMMANDS.matcher(text).region(word.start(), to);
            if (command.lookingAt()) {
                redacted.append(command.group());
                shown = command.end();
                continue;
            }
            Matcher permission = PERMISSION.matcher(text).region(word.start(), to);
            if (with == Names.ALL_IN_ERRORS && permission.lookingAt() && isKnown(permission.group())) {
                redacted.append(permission.group());
                shown = permission.end();
                continue;
            }
            String name = with == Names.NONE ? null : nameAt(text, word, to);
            String found = name == null ? word.group() : name;
            boolean isGroup = with.withGroups() && groups.contains(found);
            boolean isKnown =
                    with == Names.ALL_IN_METERS ? !OF_PERSONS.matcher(found).find() : known.mayStay(found);
            boolean stays = (name == null && !isGroup && isKnown)
                    || (with.withoutRules() && isRuleOfOurs(found))
                    || (with == Names.ALL_IN_ERRORS && isVocabulary(found))
                    || isRegionOfCommand(text, word);
            redacted.append(stays ? found : pseudonym(found));
            shown = word.start() + found.length();
        }
        return redacted.append(text, shown, to).toString();
    }

    private boolean isKnown(String words) {
        return KnownWords.WORD.matcher(words).results().allMatch(word -> known.mayStay(word.group()));
    }

    /** What a command gives as a region is one, whoever else is called so. */
    private boolean isRegionOfCommand(String text, Matcher word) {
        return FLAGS_OF_REGIONS.stream().anyMatch(flag -> text.startsWith(flag, word.start() - flag.length()))
                && isRegion(word.group());
    }

    /** A variable stays one, so that a command that stops without its value still does. */
    private String pseudonym(String word) {
        return VARIABLE.matcher(word).matches() ? key.variable(word) : name(word);
    }

    /**
     * The longest name at this position, as it is written here; null when none does. The name of a service is one only
     * as it is spelt: the command {@code aws cloudtrail} is not AWS CloudTrail. So is a name that is a word of ours:
     * the target of a schedule is not the team Target.
     */
    private String nameAt(String text, Matcher word, int to) {
        int start = word.start();
        return names.getOrDefault(word.group().toLowerCase(Locale.ROOT), Set.of()).stream()
                .filter(name -> text.regionMatches(
                                !known.isService(name) && !known.mayStay(name), start, name, 0, name.length())
                        && start + name.length() <= to
                        && isEnd(text, start + name.length()))
                .findFirst()
                .map(name -> text.substring(start, start + name.length()))
                .orElse(null);
    }

    /** Whether no word goes on here. */
    private static boolean isEnd(String text, int index) {
        if (index >= text.length()) {
            return true;
        }
        boolean joins = "-.@".indexOf(text.charAt(index)) >= 0 && index + 1 < text.length();
        char next = text.charAt(joins ? index + 1 : index);
        return !Character.isLetterOrDigit(next) && next != '_';
    }
}
