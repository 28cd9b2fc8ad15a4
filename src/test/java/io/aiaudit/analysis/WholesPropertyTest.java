package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.analysis.PartsOfWholes.Part;
import io.aiaudit.analysis.PartsOfWholes.Wish;
import io.aiaudit.model.Component;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** What must hold of any parts of any wholes, whatever a rule measured and the user wants (docs/adr/0249, 0256). */
@PropertyDefaults(tries = 3000, edgeCases = EdgeCasesMode.NONE)
class WholesPropertyTest {
    @Provide
    Arbitrary<PartsOfWholes> trees() {
        return PartsOfWholes.any();
    }

    private static boolean costs(PartsOfWholes tree, String leaf) {
        return tree.spend().get(leaf).runRate(Component.TIME).signum() > 0;
    }

    private static Set<String> counted(List<Saving> savings) {
        return savings.stream()
                .filter(saving -> saving.status() == Status.COUNTED)
                .map(saving -> saving.finding().resourceId())
                .collect(Collectors.toSet());
    }

    @Property
    void no_remedy_that_counts_deletes_a_part_that_stays(@ForAll("trees") PartsOfWholes tree) {
        List<Saving> savings = tree.savings();
        Set<String> counted = counted(savings);
        for (Saving saving : savings) {
            if (saving.status() == Status.COUNTED) {
                for (String leaf : tree.leaves().below(PartsOfWholes.deleted(saving))) {
                    boolean isStandby = tree.wish(leaf) == Wish.STANDBY
                            && !tree.part(leaf).map(Part::isGone).orElse(false);
                    assertThat(isStandby).as(leaf).isFalse();
                    assertThat(counted.contains(leaf) || !costs(tree, leaf))
                            .as("%s stays, and %s deletes it", leaf, saving)
                            .isTrue();
                }
            }
        }
    }

    @Property
    void what_counts_is_never_more_than_the_whole_costs(@ForAll("trees") PartsOfWholes tree) {
        for (int i = 0; i < tree.wholes().size(); i++) {
            List<String> leaves = tree.leaves().below(PartsOfWholes.id(i));
            BigDecimal cost = leaves.stream()
                    .map(leaf -> tree.spend().get(leaf))
                    .filter(spend -> spend != null)
                    .map(spend -> spend.runRate(Component.TIME))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal saved = tree.savings().stream()
                    .filter(saving -> leaves.contains(saving.finding().resourceId()))
                    .map(saving -> saving.counted().high())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(saved).isLessThanOrEqualTo(cost);
        }
    }

    @Property
    void what_no_part_explains_counts_only_where_the_whole_goes(@ForAll("trees") PartsOfWholes tree) {
        List<Saving> savings = tree.savings();
        Set<String> counted = counted(savings);
        for (int i = 0; i < tree.wholes().size(); i++) {
            if (counted.contains(PartsOfWholes.leftOver(i))) {
                assertThat(tree.leaves().below(PartsOfWholes.id(i)))
                        .allMatch(leaf -> counted.contains(leaf) || !costs(tree, leaf));
            }
        }
    }

    /** The last variant of an endpoint cannot be removed, and a group does not shrink to nothing part by part. */
    @Property
    void where_all_parts_go_the_whole_goes(@ForAll("trees") PartsOfWholes tree) {
        List<Saving> savings = tree.savings();
        Set<String> counted = counted(savings);
        for (int i = 0; i < tree.wholes().size(); i++) {
            PartsOfWholes.OneWhole whole = tree.wholes().get(i);
            List<String> leaves = tree.leaves().below(PartsOfWholes.id(i));
            boolean isKnown = whole.seen() == PartsOfWholes.Seen.IDLE
                    || (whole.seen() == PartsOfWholes.Seen.UNMEASURED
                            && whole.kind().equals("inference_endpoint"));
            if (isKnown && whole.goesByParts() && counted.containsAll(leaves)) {
                assertThat(savings)
                        .filteredOn(saving -> leaves.contains(saving.finding().resourceId()))
                        .allMatch(saving -> !PartsOfWholes.deleted(saving).contains("part"));
            }
        }
    }

    /** That it has a finding of its own keeps nothing: more that was measured idle never counts less. */
    @Property
    void no_reason_denies_a_finding_that_is_there(@ForAll("trees") PartsOfWholes tree) {
        List<Saving> savings = tree.savings();
        Set<String> found =
                savings.stream().map(saving -> saving.finding().resourceId()).collect(Collectors.toSet());
        assertThat(savings)
                .allMatch(saving -> found.stream()
                        .noneMatch(leaf -> saving.statusReason().contains(leaf + ", which has no such finding")));
    }
}
