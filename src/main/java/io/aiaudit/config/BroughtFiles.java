package io.aiaudit.config;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.FileSet.Content;
import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import io.aiaudit.store.InputFiles;
import io.aiaudit.store.Recognition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What somebody has in folders, each file by what its header says that it is. One that was meant to be an input and
 * cannot be read is read with the others: that fails, which makes it a gap.
 *
 * @param files each one a set
 * @param known what can be read of
 * @param prices price lists
 * @param leftOut files that a scan does not read, each with the reason
 */
public record BroughtFiles(List<FileSet> files, Set<Content> known, List<String> prices, List<String> leftOut) {
    public static final BroughtFiles NONE = new BroughtFiles(List.of(), Set.of(), List.of(), List.of());

    public BroughtFiles {
        files = List.copyOf(files);
        known = Set.copyOf(known);
        prices = List.copyOf(prices);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Looks at every file of these folders.
     *
     * @throws UserError when a name matches nothing, or nothing of it can be scanned
     */
    public static BroughtFiles of(List<String> names) {
        Looked looked = new Looked();
        names.forEach(name -> looked.add(name, InputFiles.survey(null, name)));
        if (looked.known.isEmpty()) {
            if (looked.isEmpty()) {
                throw InputFiles.noFileIn(names);
            }
            throw new UserError(
                    String.join(", ", names) + " holds no bill, inventory or usage file"
                            + looked.firstReason().map(reason -> "; " + reason).orElse("."),
                    "See what each file is with: aiaudit sources check files " + String.join(" ", names));
        }
        return new BroughtFiles(looked.files, looked.known, looked.prices, looked.leftOut);
    }

    /** The sets, with the metrics for which the usage files leave zeros out. */
    Stream<FileSet> files(Set<String> absentIsZero) {
        return files.stream().map(set -> set.content() == Content.USAGE ? set.withZeros(absentIsZero) : set);
    }

    /** What was seen so far. */
    private static final class Looked {
        private final List<FileSet> files = new ArrayList<>();
        private final Set<Content> known = EnumSet.noneOf(Content.class);
        private final List<String> prices = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        void add(String name, InputFiles.Survey survey) {
            List<Gap> gaps = survey.gaps();
            boolean isOneBill = isOneBill(survey.files());
            for (Recognition file : survey.files()) {
                Content content = file.content() == null ? file.lost() : file.content();
                String path = file.file().toString();
                if (content != null) {
                    String argument = isOneBill ? name : path;
                    files.add(set(content, file.file(), argument, survey.runs(), gaps));
                    gaps = List.of();
                }
                if (file.content() != null) {
                    known.add(content);
                } else if (content != null) {
                    lost.add(path + ": " + file.reason());
                } else if (file.isPriceList() && prices.isEmpty()) {
                    prices.add(path);
                } else if (!isManifest(file.file(), survey.runs().values())) {
                    leftOut.add(path + ": " + file.reason());
                }
            }
        }

        private static FileSet set(
                Content content, Path file, String argument, Map<Path, String> runs, List<Gap> gaps) {
            return new FileSet(
                    content,
                    file.toString(),
                    List.of(file),
                    Set.of(),
                    argument,
                    runs.containsKey(file) ? Map.of(file, runs.get(file)) : Map.of(),
                    gaps,
                    Map.of());
        }

        /** Files of which nothing but a bill is there are parts of one. */
        private static boolean isOneBill(List<Recognition> files) {
            return files.stream()
                    .allMatch(file -> file.content() == Content.BILLING
                            || (file.content() == null && file.problem() == null && !file.isPriceList()));
        }

        /** One that was read. */
        private static boolean isManifest(Path file, Collection<String> runs) {
            return runs.contains(file.toString());
        }

        boolean isEmpty() {
            return lost.isEmpty() && prices.isEmpty() && leftOut.isEmpty();
        }

        /** Of what is nearest to an input. */
        Optional<String> firstReason() {
            return Stream.concat(lost.stream(), leftOut.stream()).findFirst();
        }
    }
}
