package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aiaudit.model.Answer;
import io.aiaudit.model.GpuMix;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mix of a family, by hand: 100 hours, of which the first 40 are the day. */
class FamilyMixTest {
    private static final int HOURS = 100;
    private static final int DAY = 40;

    /**
     * Uses are separated by +: number of accelerators, shape (always, day, night, most: 99 of the hours),
     * price of an hour, then words. i = may be interrupted, I = may not, s = spot price ratio, r = price ratio of the
     * commitment that a finding proposes, b = share of the cost that it replaces (else all), c = it is allowed, counts
     * = the net saving has it, covered = share under a commitment, spot = runs on spot, hours and price = what other
     * findings leave.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            always on, nobody says anything, no other price       | 1 always 2                           | 0 0 1       \
            | 2.00 | 0 0 1       | 2.00
            always on, a commitment costs 60 %                    | 1 always 2 r0.6                      | 0 0 1       \
            | 2.00 | 1 0 0       | 1.20
            it may be interrupted: all of it on spot              | 1 always 2 r0.6 s0.4 i               | 0 0 1       \
            | 2.00 | 0 1 0       | 0.80
            it may not                                            | 1 always 2 r0.6 s0.4 I               | 0 0 1       \
            | 2.00 | 1 0 0       | 1.20
            nobody says whether it may: it is not on spot         | 1 always 2 s0.4                      | 0 0 1       \
            | 2.00 | 0 0 1       | 2.00
            it may, and there is no spot price                    | 1 always 2 i                         | 0 0 1       \
            | 2.00 | 0 0 1       | 2.00
            on spot already, at what it pays                      | 1 always 0.8 spot s0.4               | 0 1 0       \
            | 0.80 | 0 1 0       | 0.80
            no finding proposes to commit to it                   | 1 always 2                           | 0 0 1       \
            | 2.00 | 0 0 1       | 2.00
            99 of 100 hours are always; the hundredth is paid     | 1 most 2 r0.6                        | 0 0 1       \
            | 2.00 | 1 0 0       | 1.2121
            the finding covers half of the cost: of two, one      | 2 always 2 r0.6 b0.5                 | 0 0 1       \
            | 2.00 | 0.5 0 0.5   | 1.60
            it may be interrupted, and its commitment counts      | 1 always 2 r0.6 s0.4 i counts        | 0 0 1       \
            | 2.00 | 1 0 0       | 1.20
            its commitment counts for half of it: the rest spot   | 2 always 2 r0.6 b0.5 s0.4 i counts   | 0 0 1       \
            | 2.00 | 0.5 0.5 0   | 1.00
            its commitment waits for a decision: all on spot      | 2 always 2 r0.6 b0.5 s0.4 i          | 0 0 1       \
            | 2.00 | 0 1 0       | 0.80
            base reserved, the peak on demand                     | 1 always 2 r0.6 + 1 day 2            | 0 0 1       \
            | 2.00 | 0.7143 0 0.2857 | 1.4286
            base reserved, bursts on spot                         | 1 always 2 r0.6 + 1 day 2 s0.4 i     | 0 0 1       \
            | 2.00 | 0.7143 0.2857 0 | 1.0857
            half of it is covered: that stays, the rest is added  | 1 always 2 covered0.5 r0.6           | 0.5 0 0.5   \
            | 2.00 | 1 0 0       | 1.60
            another finding leaves half of the hours              | 2 always 2 r0.6 hours0.5             | 0 0 1       \
            | 2.00 | 1 0 0       | 1.20
            another finding leaves 70 % of the price              | 1 always 2 r0.6 price0.7             | 0 0 1       \
            | 2.00 | 1 0 0       | 0.84
            two prices, each with its own ratio                   | 1 always 2 r0.5 + 1 always 4 r0.75   | 0 0 1       \
            | 3.00 | 1 0 0       | 2.00
            covered, and it may be interrupted                    | 1 always 2 covered0.5 s0.4 i         | 0.5 0 0.5   \
            | 2.00 | 0.5 0.5 0   | 1.40
            half of it is covered, and half of the hours are left | 1 always 2 covered0.5 hours0.5       | 0.5 0 0.5   \
            | 2.00 | 1 0 0       | 2.00
            a finding that ends what is covered ends no payment   | 1 always 2 covered1 hours0           | 1 0 0       \
            | 2.00 | 1 0 0       | 2.00
            everything that other findings end is gone            | 1 always 2 hours0                    | 0 0 1       \
            | 2.00 | - - -       | -
            """)
    void by_hand(String name, String uses, String now, String price, String proposed, String priceProposed) {
        GpuMix mix = FamilyMix.of("L4", parsed(uses), BigDecimal.ZERO, HOURS, 0).mix();
        check(mix.now(), now, price);
        check(mix.proposed(), proposed, priceProposed);
    }

    private static void check(GpuMix.Part part, String shares, String price) {
        String[] wanted = shares.strip().split(" +");
        List<BigDecimal> actual = Arrays.asList(part.reserved(), part.spot(), part.onDemand());
        for (int each = 0; each < wanted.length; each++) {
            close(actual.get(each), wanted[each]);
        }
        close(part.price(), price);
        if (part.price() != null) {
            assertThat(part.monthlyCost())
                    .isCloseTo(part.price().multiply(part.gpuHours()), within(new BigDecimal("0.05")));
        }
    }

    private static void close(BigDecimal actual, String wanted) {
        if (wanted.equals("-")) {
            assertThat(actual).isNull();
        } else {
            assertThat(actual).isCloseTo(new BigDecimal(wanted), within(new BigDecimal("0.0001")));
        }
    }

    private static List<GpuUse> parsed(String uses) {
        return Arrays.stream(uses.split("\\+")).map(FamilyMixTest::use).toList();
    }

    private static GpuUse use(String text) {
        String[] words = text.strip().split(" ");
        Map<String, Double> numbers = new TreeMap<>();
        for (String word : Arrays.asList(words).subList(3, words.length)) {
            String letters = word.replaceAll("[0-9.]", "");
            String digits = word.substring(letters.length());
            numbers.put(letters, digits.isEmpty() ? Double.valueOf(1) : Double.valueOf(digits));
        }
        List<Double> gpus = IntStream.range(0, HOURS)
                .mapToObj(hour -> runs(words[1], hour) ? Double.valueOf(words[0]) : Double.valueOf(0))
                .toList();
        return GpuUseBuilder.builder()
                .gpus(gpus)
                .covered(gpus.stream()
                        .map(each -> each * numbers.getOrDefault("covered", 0.0))
                        .toList())
                .openPrice(new BigDecimal(words[2]))
                .coveredPrice(new BigDecimal(words[2]))
                .onSpot(numbers.containsKey("spot"))
                .interruption(
                        numbers.containsKey("i")
                                ? Answer.YES
                                : numbers.containsKey("I") ? Answer.NO : Answer.UNSPECIFIED)
                .spotRatio(numbers.get("s"))
                .commitment(
                        numbers.containsKey("r")
                                ? new ProposedCommitment(
                                        numbers.getOrDefault("b", 1.0),
                                        numbers.get("r"),
                                        numbers.containsKey("counts"),
                                        !numbers.containsKey("c"))
                                : null)
                .hoursLeft(numbers.getOrDefault("hours", 1.0))
                .priceLeft(numbers.getOrDefault("price", 1.0))
                .build();
    }

    private static boolean runs(String shape, int hour) {
        return switch (shape.toLowerCase(Locale.ROOT)) {
            case "always" -> true;
            case "day" -> hour < DAY;
            case "night" -> hour >= DAY;
            case "most" -> hour < 99;
            default -> throw new IllegalArgumentException(shape);
        };
    }

    @Test
    void who_has_to_decide_is_reported() {
        GpuMix mix = mix("1 always 2 r0.6 I + 1 always 2 s0.4");
        assertThat(mix.approvals()).containsExactly("commitment");
        assertThat(mix.undecided()).isEqualByComparingTo("0.5");
        GpuMix allowed = mix("1 always 2 r0.6 I c");
        assertThat(allowed.approvals()).isEmpty();
        assertThat(allowed.undecided()).isEqualByComparingTo("0");
    }

    private static GpuMix mix(String uses) {
        return FamilyMix.of("L4", parsed(uses), BigDecimal.ZERO, HOURS, 0).mix();
    }

    @Test
    void what_the_mix_saves_is_apart_from_what_other_findings_save() {
        GpuMix mix = mix("1 always 2 r0.6 + 1 always 2 s0.4 i + 2 always 2 hours0.5 + 1 always 2 r0.5 c counts");
        assertThat(mix.now().monthlyCost()).isEqualByComparingTo("7300");
        assertThat(mix.afterFindings().monthlyCost()).isEqualByComparingTo("5840");
        assertThat(mix.afterFindings().onDemand()).isEqualByComparingTo("1");
        assertThat(mix.afterFindings().price()).isEqualByComparingTo("2");
        assertThat(mix.saving().spot()).isEqualByComparingTo("876");
        assertThat(mix.saving().reserving()).isEqualByComparingTo("1314");
        assertThat(mix.saving().toConfirm()).isEqualByComparingTo("584");
        assertThat(mix.proposed().monthlyCost()).isEqualByComparingTo("3650");
    }

    @Test
    void what_rounding_leaves_is_no_saving_of_a_part_that_is_not_there() {
        GpuMix mix = mix("1 always 0.333333 s0.777777 i + 1 always 0.777777");
        assertThat(mix.saving().reserving()).isEqualByComparingTo("0");
        assertThat(mix.saving().toConfirm()).isEqualByComparingTo("0");
        assertThat(mix.saving().spot())
                .isEqualByComparingTo(mix.afterFindings()
                        .monthlyCost()
                        .subtract(mix.proposed().monthlyCost()));
    }

    @Test
    void unused_commitments_are_paid_before_and_after() {
        GpuMix mix = FamilyMix.of("L4", parsed("1 always 2"), new BigDecimal("50"), HOURS, 0)
                .mix();
        assertThat(mix.unusedCommitments()).isEqualByComparingTo("365");
        assertThat(mix.now().price()).isEqualByComparingTo("2.5");
        assertThat(mix.afterFindings()).isEqualTo(mix.now());
        assertThat(mix.proposed()).isEqualTo(mix.now());
        assertThat(FamilyMix.of("L4", List.of(), new BigDecimal("50"), HOURS, 0)
                        .mix()
                        .now()
                        .monthlyCost())
                .isEqualByComparingTo("365");
    }

    @Test
    void a_commitment_is_paid_from_the_first_hour_of_what_it_is_for() {
        assertThat(mix("1 night 2 r0.6").proposed().price()).isEqualByComparingTo("1.2");
    }

    @Test
    void each_hour_of_the_day_has_its_mean_and_the_families_add_up() {
        FamilyMix one = FamilyMix.of("L4", parsed("2 always 2 r0.6 + 1 day 2"), BigDecimal.ZERO, 48, 12);
        FamilyMix other = FamilyMix.of("A10G", parsed("1 always 1 s0.5 i"), BigDecimal.TEN, 48, 12);
        GpuMix mix = one.mix();
        assertThat(mix.byHour()).hasSize(24);
        // Hour 0 of the window is noon; the day of 40 hours ends at four in the morning of the third day.
        assertThat(mix.byHour().get(0).onDemand()).isEqualByComparingTo("1");
        assertThat(mix.byHour().get(5).onDemand()).isEqualByComparingTo("0.5");
        assertThat(mix.byHour().get(12).reserved()).isEqualByComparingTo("2");
        GpuMix all = FamilyMix.sum(List.of(one, other), 48, 12).mix();
        assertThat(all.family()).isEqualTo(GpuMix.ALL);
        assertThat(all.now().monthlyCost())
                .isEqualByComparingTo(
                        mix.now().monthlyCost().add(other.mix().now().monthlyCost()));
        assertThat(all.saving().reserving())
                .isEqualByComparingTo(
                        mix.saving().reserving().add(other.mix().saving().reserving()));
        assertThat(all.saving().spot())
                .isEqualByComparingTo(
                        mix.saving().spot().add(other.mix().saving().spot()));
        assertThat(all.unusedCommitments()).isEqualByComparingTo("152.08");
        assertThat(all.byHour().get(5).spot()).isEqualByComparingTo("1");
    }
}
