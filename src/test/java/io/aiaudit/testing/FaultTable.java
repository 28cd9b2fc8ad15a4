package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Gap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a fault at each operation of a cloud may take from the simulated account: everything else has to stay as it is.
 * A line has an operation, the resources that are lost, those that are described less, the same where only the second
 * page of a list fails, and what each gap is about: its dataset and its objects, one of several alternatives
 * (nothing: a warning says it), separated by {@code |}.
 */
public record FaultTable(List<Row> rows) {
    /** Among what is lost: prices, advice, commitments or a bill. */
    private static final String OTHERS = "+";

    /** Among what is changed: metrics of everything; among what a gap is about: some objects. */
    private static final String METRICS = "*";

    /** Instead of names: a gap, though nothing of ours is on that page. */
    private static final String NOTHING = "-";

    /** One operation. */
    public record Row(
            String operation,
            Set<String> lost,
            Set<String> changed,
            Set<String> lostOfSecond,
            Set<String> changedOfSecond,
            List<Set<String>> about) {
        static Row of(String line) {
            String[] cells = line.split("[|]", 6);
            assertThat(cells).as(line).hasSize(6);
            return new Row(
                    cells[0].strip(),
                    names(cells[1]),
                    names(cells[2]),
                    names(cells[3]),
                    names(cells[4]),
                    Arrays.stream(cells[5].split("[|]"))
                            .map(Row::names)
                            .filter(names -> !names.isEmpty())
                            .toList());
        }

        private static Set<String> names(String cell) {
            Set<String> names = new TreeSet<>(Arrays.asList(cell.strip().split(" +")));
            names.remove("");
            return names;
        }

        /** Holds after a fault of the whole operation. */
        public void verify(Gathered whole, Gathered faulty) {
            verify(Difference.between(whole, faulty), faulty.gaps, lost, changed);
            if (about.isEmpty()) {
                assertThat(faulty.warnings).as(operation).isNotEqualTo(whole.warnings);
            } else {
                assertThat(faulty.gaps).as(operation).isNotEmpty();
            }
        }

        /** Holds after a fault of the second page only. */
        public void verifySecondPage(Gathered whole, Gathered faulty) {
            verify(Difference.between(whole, faulty), faulty.gaps, lostOfSecond, changedOfSecond);
            boolean unharmed = lostOfSecond.isEmpty() && changedOfSecond.isEmpty();
            assertThat(faulty.gaps.isEmpty())
                    .as(operation + ": only what has no second page has no gap")
                    .isEqualTo(unharmed);
        }

        private void verify(Difference difference, List<Gap> gaps, Set<String> lost, Set<String> changed) {
            assertThat(difference.lost()).as(operation + " takes").isEqualTo(withoutSign(lost));
            assertThat(difference.changed()).as(operation + " changes").isEqualTo(withoutSign(changed));
            assertThat(difference.invented()).as(operation + " invents").isEmpty();
            if (!changed.contains(METRICS)) {
                assertThat(difference.unmeasured())
                        .as(operation + " leaves unmeasured")
                        .allMatch(series -> isOf(series, lost) || isOf(series, changed));
            }
            if (!lost.contains(OTHERS)) {
                assertThat(difference.others())
                        .as(operation + " takes prices or advice")
                        .isZero();
            }
            assertThat(gaps).as(operation).doesNotHaveDuplicates();
            assertThat(gaps).as(operation).allSatisfy(gap -> {
                assertThat(about).as(gap.toString()).contains(about(gap));
                assertThat(gap.accountId()).as(gap.toString()).isNotNull();
                assertThat(gap.objects())
                        .filteredOn(object -> gap.objects().size() <= 3)
                        .allSatisfy(object -> assertThat(gap.scope()).contains(object));
            });
        }

        /**
         * The dataset of the gap, and its objects without blanks; {@link #METRICS} where the table leaves them open.
         */
        private Set<String> about(Gap gap) {
            Set<String> any = Set.of(gap.dataset(), METRICS);
            if (!gap.objects().isEmpty() && about.contains(any)) {
                return any;
            }
            Set<String> words = new TreeSet<>(Set.of(gap.dataset()));
            gap.objects().forEach(object -> words.add(object.replace(' ', '-')));
            return words;
        }

        private static boolean isOf(String series, Set<String> resources) {
            return resources.contains(series.substring(0, series.indexOf(' ')));
        }

        private static Set<String> withoutSign(Set<String> names) {
            Set<String> resources = new TreeSet<>(names);
            resources.removeAll(Set.of(OTHERS, METRICS, NOTHING));
            return resources;
        }
    }

    /** The faults.txt beside {@code test}. */
    public static FaultTable beside(Class<?> test) {
        return beside(test, "faults.txt");
    }

    public static FaultTable beside(Class<?> test, String file) {
        try (InputStream text = test.getResourceAsStream(file)) {
            return new FaultTable(new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the operations. */
    public List<String> operations() {
        return rows.stream().map(Row::operation).toList();
    }
}
