package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.BILL;
import static io.aiaudit.collect.aws.AwsService.S3;

import com.fasterxml.jackson.core.JacksonException;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.aws.AwsOperation.Grant;
import io.aiaudit.model.ExportKeys;
import io.aiaudit.model.ExportOrder;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An export of the bill that lies in S3. Of each month it is the newest run whose parts are all there, by its manifest;
 * what other runs left is not read.
 *
 * @param rank which to take of several, the lowest first
 * @param prefix of the bucket, without the name of the export; may be empty
 */
record S3Export(int rank, String name, String bucket, String prefix, String region) {
    static final Frequency FOUND = new Frequency(
            "an export of the bill", "1 for each export, file and 1,000 files of it; then Cost Explorer is not used");

    /** What is called here. No scan needs it where there is no export. */
    static final List<AwsOperation> OPERATIONS = List.of(
            S3.operation("ListObjectsV2", FOUND, BILL)
                    .permission("s3:ListBucket")
                    .granted(Grant.EXPORT)
                    .probeIf(
                            trial -> trial.export() != null,
                            trial -> trial.export().tryToList(trial.session())),
            S3.operation("GetObject", FOUND, BILL)
                    .granted(Grant.EXPORT)
                    .probeIf(
                            trial -> trial.export() != null,
                            trial -> trial.export().tryToRead(trial.session())));

    private static final Comparator<S3Object> NEWEST = ExportOrder.newest(S3Object::lastModified, S3Object::key);

    private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/(?:(.*)/)?([^/]+)/?");
    private static final Pattern MANIFEST = Pattern.compile("(?i)(.*[-_/])?manifest[.]json");
    private static final Pattern MONTH = Pattern.compile("BILLING_PERIOD=(\\d{4})-(\\d{2})");
    private static final Pattern DAYS = Pattern.compile("/(\\d{4})(\\d{2})(\\d{2})-\\d{8}/");

    private static final String COSTS_OF_PART = "the costs in this part";

    /** Of manifests whose key has no month. */
    private static final String NO_MONTH = "any";

    /** A part may be large and the line slow; one that stalls ends by the timeout of its socket. */
    private static final Duration LONGEST_DOWNLOAD = Duration.ofHours(12);

    /** So often a part is requested that is cut. */
    private static final int DOWNLOADS = 3;

    /** As a user names it: s3://BUCKET/PREFIX/NAME. */
    static S3Export named(String address, String region) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new UserError(
                    "aws: export is \"" + address + "\", which is not the address of an export in S3.",
                    "Write bucket, prefix and name of the export: aws: {export: s3://BUCKET/PREFIX/NAME}");
        }
        return new S3Export(0, parts.group(3), parts.group(1), parts.group(2) == null ? "" : parts.group(2), region);
    }

    /** The same export in another region. */
    S3Export in(String other) {
        return new S3Export(rank, name, bucket, prefix, other);
    }

    /** One run of one month: its manifest, and the parts that it names. */
    private record Run(S3Object manifest, List<String> keys) {
        boolean whole(Set<String> there) {
            return !keys.isEmpty() && there.containsAll(keys);
        }
    }

    /** A part that lies there, and the manifest that names it. */
    private record Part(String key, long bytes, String manifest) {}

    /** A part of the bill that the export lacks: a gap, whose end explains what became of {@code costs}. */
    private record Lacking(String scope, String problem, String fix, String costs) {
        Gap uncounted() {
            return new Gap("aws", scope, problem, fix + "; " + costs + " are excluded from totals.");
        }

        Gap asGap() {
            return new Gap(
                    "aws", scope, problem, fix + "; the bill comes from another export or Cost Explorer instead.");
        }
    }

    /** What became of reading an export. */
    enum Outcome {
        READ,
        NOTHING_OF_THE_WINDOW,
        ALL_BROKEN
    }

    /**
     * Hands over the months of the window, added up in Athena where {@code athena} lets it. What it lacks is reported,
     * too, where the rest of it is refused.
     */
    Outcome read(AwsSession payer, AthenaScope athena, Window window, Path scratch, Sink sink)
            throws IOException, InterruptedException {
        List<Lacking> lacking = new ArrayList<>();
        try {
            return read(payer, athena, window, scratch, lacking, sink);
        } catch (SdkException e) {
            lacking.stream().map(Lacking::asGap).forEach(sink::gap);
            throw e;
        }
    }

    private Outcome read(
            AwsSession payer, AthenaScope athena, Window window, Path scratch, List<Lacking> lacking, Sink sink)
            throws IOException, InterruptedException {
        S3Client s3 = s3(payer);
        Map<String, S3Object> there = there(s3);
        Path folder = Files.createTempDirectory(scratch, "bill-");
        Map<String, Part> parts = new LinkedHashMap<>();
        Set<String> months = new HashSet<>();
        for (Map.Entry<String, List<S3Object>> month : manifests(there, window).entrySet()) {
            Optional<Run> newest = newest(s3, month.getValue(), there.keySet(), folder, sink);
            for (String key : newest.map(Run::keys).orElse(List.of())) {
                months.add(month.getKey());
                String manifest = newest.get().manifest().key();
                if (there.containsKey(key)) {
                    parts.put(key, new Part(key, there.get(key).size(), manifest));
                } else {
                    lacking.add(missing(key, manifest));
                }
            }
        }
        if (parts.isEmpty()) {
            return Outcome.NOTHING_OF_THE_WINDOW;
        }
        if (!months.contains(NO_MONTH)) {
            months(window).stream()
                    .filter(month -> !months.contains(month))
                    .forEach(month -> lacking.add(without(month)));
        }
        String summary = "The bill of aws is the export " + name + " in " + label() + ", "
                + (parts.size() == 1 ? "1 file" : parts.size() + " files");
        String why = isLarge(parts) ? "; docs/aws.md shows how Athena can aggregate large exports" : "";
        if (athena != null) {
            try {
                AthenaBill.Added added = added(payer, athena, parts, folder);
                Part whole = new Part(folder(), 0, label());
                handOver(Map.of(added.file(), whole), summary + ", " + added.summary(), lacking, sink);
                return Outcome.READ;
            } catch (AthenaBill.NotAdded e) {
                why = ", downloaded: " + e.getMessage();
            }
        }
        Map<Path, Part> files = downloaded(s3, parts.values(), folder, lacking);
        if (files.isEmpty()) {
            lacking.stream().map(Lacking::asGap).forEach(sink::gap);
            return Outcome.ALL_BROKEN;
        }
        handOver(files, summary + why, lacking, sink);
        return Outcome.READ;
    }

    /**
     * A part that breaks off while it is read counts with nothing, and is a gap; one that the first does not even begin
     * with would not be the last.
     */
    private Map<Path, Part> downloaded(S3Client s3, Collection<Part> parts, Path folder, List<Lacking> lacking) {
        Map<Path, Part> files = new LinkedHashMap<>();
        for (Part part : parts) {
            try {
                files.put(download(s3, part.key(), folder), part);
            } catch (SdkClientException e) {
                if (files.isEmpty() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                lacking.add(broken(part.key(), e));
            } catch (IOException e) {
                lacking.add(broken(part.key(), e));
            }
        }
        return files;
    }

    private static boolean isLarge(Map<String, Part> parts) {
        return !AthenaBill.isBelow(bytes(parts), AthenaScope.DEFAULT_ABOVE_GIB);
    }

    private static long bytes(Map<String, Part> parts) {
        return parts.values().stream().mapToLong(Part::bytes).sum();
    }

    private AthenaBill.Added added(AwsSession payer, AthenaScope athena, Map<String, Part> parts, Path folder)
            throws AthenaBill.NotAdded, IOException, InterruptedException {
        Set<String> files = new TreeSet<>();
        parts.keySet().forEach(key -> files.add("s3://" + bucket + "/" + key));
        return new AthenaBill(payer.in(region), athena).add(files, bytes(parts), folder);
    }

    String label() {
        return "s3://" + bucket + "/" + folder();
    }

    /** {@code files} with the part of the export that each is; they are removed when they are read. */
    private void handOver(Map<Path, Part> files, String summary, List<Lacking> lacking, Sink sink) throws IOException {
        lacking.stream().map(Lacking::uncounted).forEach(sink::gap);
        sink.warning(summary + ".");
        Map<Path, String> runs = new LinkedHashMap<>();
        Map<Path, String> names = new LinkedHashMap<>();
        files.forEach((file, part) -> {
            runs.put(file, part.manifest());
            names.put(file, "s3://" + bucket + "/" + part.key());
        });
        sink.files(FileSet.fetched(label(), runs, names));
        for (Path file : files.keySet()) {
            Files.delete(file);
        }
    }

    void tryToList(AwsSession payer) {
        first(payer);
    }

    /** One byte is enough; where the export is encrypted it takes the key, too. */
    void tryToRead(AwsSession payer) {
        String key = first(payer);
        s3(payer).getObjectAsBytes(request -> request.bucket(bucket).key(key).range("bytes=0-0"));
    }

    private String first(AwsSession payer) {
        return s3(payer)
                .listObjectsV2(
                        request -> request.bucket(bucket).prefix(folder()).maxKeys(1))
                .contents()
                .stream()
                .map(S3Object::key)
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "there are no files in s3://" + bucket + "/" + folder() + ".",
                        "Wait a day if the export is new; else correct aws: export in aiaudit.yaml."));
    }

    private S3Client s3(AwsSession payer) {
        return payer.clients().of(S3Client.class, S3Export::client, payer.account(), region);
    }

    /** By key; nothing where there is no such bucket. */
    private Map<String, S3Object> there(S3Client s3) {
        Map<String, S3Object> there = new HashMap<>();
        try {
            s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder()))
                    .contents()
                    .forEach(object -> there.put(object.key(), object));
        } catch (NoSuchBucketException e) {
            there.clear();
        }
        return there;
    }

    /** Another address than that of AWS seldom has a name for each bucket. */
    static S3ClientBuilder client() {
        return S3Client.builder().forcePathStyle(AwsClients.isElsewhere());
    }

    private String folder() {
        String above = prefix == null || prefix.isEmpty() ? "" : prefix.replaceAll("^/+|/+$", "") + "/";
        return above + name + "/";
    }

    /** Manifests by month, of the months that the window touches. */
    private static Map<String, List<S3Object>> manifests(Map<String, S3Object> there, Window window) {
        Map<String, List<S3Object>> byMonth = new TreeMap<>();
        there.values().stream()
                .filter(object -> MANIFEST.matcher(object.key()).matches())
                .forEach(object -> {
                    LocalDate month = month(object.key());
                    if (month == null || touches(window, month)) {
                        byMonth.computeIfAbsent(month == null ? NO_MONTH : month.toString(), key -> new ArrayList<>())
                                .add(object);
                    }
                });
        return byMonth;
    }

    private static List<String> months(Window window) {
        LocalDate first = LocalDate.ofInstant(window.start(), ZoneOffset.UTC).withDayOfMonth(1);
        return Stream.iterate(first, month -> touches(window, month), month -> month.plusMonths(1))
                .map(String::valueOf)
                .toList();
    }

    private static LocalDate month(String key) {
        Matcher month = MONTH.matcher(key);
        Matcher days = DAYS.matcher(key);
        if (month.find()) {
            return LocalDate.of(Integer.parseInt(month.group(1)), Integer.parseInt(month.group(2)), 1);
        }
        return days.find() ? LocalDate.of(Integer.parseInt(days.group(1)), Integer.parseInt(days.group(2)), 1) : null;
    }

    private static boolean touches(Window window, LocalDate month) {
        return month.atStartOfDay().toInstant(ZoneOffset.UTC).isBefore(window.end())
                && month.plusMonths(1).atStartOfDay().toInstant(ZoneOffset.UTC).isAfter(window.start());
    }

    /**
     * The best run ({@link ExportOrder}) of those that name parts; empty where no manifest can be read. Manifests older
     * than that of a whole run are not read.
     */
    private Optional<Run> newest(S3Client s3, List<S3Object> manifests, Set<String> there, Path folder, Sink sink) {
        List<Run> runs = new ArrayList<>();
        for (S3Object manifest : manifests.stream().sorted(NEWEST.reversed()).toList()) {
            Run run;
            try {
                run = new Run(manifest, keys(s3, manifest.key(), folder));
            } catch (JacksonException | CharacterCodingException e) {
                sink.gap(unreadable(manifest.key(), "the manifest is not JSON"));
                continue;
            } catch (IOException e) {
                sink.gap(unreadable(manifest.key(), "the manifest broke off while it was read: " + e.getMessage()));
                continue;
            }
            if (!run.keys().isEmpty()) {
                runs.add(run);
            }
            if (run.whole(there)) {
                break;
            }
        }
        return runs.stream()
                .max(ExportOrder.best(run -> run.whole(there), Comparator.comparing(Run::manifest, NEWEST)));
    }

    private List<String> keys(S3Client s3, String manifest, Path folder) throws IOException {
        Path file = download(s3, manifest, folder);
        try {
            return ExportKeys.in(file).stream().map(this::inBucket).toList();
        } finally {
            Files.delete(file);
        }
    }

    private String inBucket(String key) {
        String address = "s3://" + bucket + "/";
        return key.startsWith(address) ? key.substring(address.length()) : key.replaceFirst("^/+", "");
    }

    private Gap unreadable(String manifest, String problem) {
        return new Gap(
                "aws",
                "s3://" + bucket + "/" + manifest,
                problem + ", so its files are unknown.",
                "Wait for the next run of the export, or start one; inspect it with: aws s3 cp s3://" + bucket + "/"
                        + manifest + " -");
    }

    private Lacking without(String month) {
        return new Lacking(
                label() + " " + month.substring(0, "2026-06".length()),
                "the export has no part of this month.",
                "Wait for the next run of the export, or scan a --window that it has",
                "the costs of this month");
    }

    private Lacking missing(String key, String manifest) {
        return new Lacking(
                "s3://" + bucket + "/" + key,
                "the part is missing, though " + manifest + " names it.",
                "Wait for the next run of the export, or start one",
                COSTS_OF_PART);
    }

    private Lacking broken(String key, Exception e) {
        String address = "s3://" + bucket + "/" + key;
        return new Lacking(
                address,
                "the part broke off while it was read: " + e.getMessage() + ".",
                "Run it again, with room in the temporary folder. If it fails again, inspect it: aws s3 cp " + address
                        + " .",
                COSTS_OF_PART);
    }

    /** The HTTP client takes a line that is cut for the end of the object, so its length is compared. */
    private Path whole(S3Client s3, String key, Path target) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Long length = s3.getObject(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .overrideConfiguration(call -> call.apiCallTimeout(LONGEST_DOWNLOAD)),
                            ResponseTransformer.toFile(target))
                    .contentLength();
            long came = Files.size(target);
            if (length == null || length == came) {
                return target;
            }
            Files.delete(target);
            if (attempt == DOWNLOADS) {
                throw new IOException(String.format(Locale.ROOT, "%,d of %,d bytes were received", came, length));
            }
        }
    }

    /** A ZIP, as old reports have it, is unpacked on the way. */
    private Path download(S3Client s3, String key, Path folder) throws IOException {
        String fileName = key.substring(key.lastIndexOf('/') + 1);
        Path target = Files.createTempDirectory(folder, "part-").resolve(fileName);
        if (!key.endsWith(".zip")) {
            return whole(s3, key, target);
        }
        Path unpacked = target.resolveSibling(fileName.substring(0, fileName.length() - ".zip".length()));
        try (InputStream object = s3.getObject(request -> request.bucket(bucket).key(key));
                ZipInputStream zip = new ZipInputStream(object)) {
            if (zip.getNextEntry() == null) {
                throw new ZipException("it is no ZIP, or an empty one");
            }
            Files.copy(zip, unpacked);
        } catch (IOException e) {
            Files.deleteIfExists(unpacked);
            throw e;
        }
        return unpacked;
    }
}
