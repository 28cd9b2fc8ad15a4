package io.aiaudit.savings;

import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What findings of one leaf take of its cost, one status after the other. Those of one status meet as in the headline;
 * of what meets a status before, only the excess is taken, so that no dollar is taken twice.
 */
final class Taken {
    private final LeafMoney money;
    private List<Claim> kept = List.of();
    private BigDecimal amount = BigDecimal.ZERO;

    Taken(LeafMoney money) {
        this.money = money;
    }

    /**
     * What these take beyond all before, and those of them that take it, in the order of their groups.
     *
     * @param cashShare how much of it (0..1) is paid no longer; the rest lies under a commitment and is only freed
     */
    record Step(BigDecimal amount, BigDecimal cashShare, List<Claim> claims) {
        static final Step NONE = new Step(BigDecimal.ZERO, BigDecimal.ZERO, List.of());
    }

    Step take(List<Claim> claims) {
        if (claims.isEmpty()) {
            return Step.NONE;
        }
        List<Claim> together = together(new Contest(claims).counting());
        BigDecimal more = saved(together).subtract(amount);
        if (more.signum() <= 0) {
            return Step.NONE;
        }
        BigDecimal cash = cash(together)
                .subtract(cash(kept))
                .divide(more, Money.PRECISION)
                .max(BigDecimal.ZERO)
                .min(BigDecimal.ONE);
        kept = together;
        amount = amount.add(more);
        return new Step(more, cash, together.stream().filter(claims::contains).toList());
    }

    /**
     * Of what does the same thing to the leaf the larger; what takes the whole leaf is compared with all others
     * together.
     */
    private List<Claim> together(List<Claim> winners) {
        if (isWhole(winners) || isWhole(kept)) {
            return saved(winners).compareTo(saved(kept)) > 0 ? winners : kept;
        }
        Map<Group, Claim> byGroup = new EnumMap<>(Group.class);
        kept.forEach(claim -> byGroup.put(claim.group(), claim));
        winners.forEach(claim -> byGroup.merge(
                claim.group(),
                claim,
                (before, now) -> now.likelySaving().compareTo(before.likelySaving()) > 0 ? now : before));
        return new ArrayList<>(byGroup.values());
    }

    private static boolean isWhole(List<Claim> claims) {
        return claims.stream().anyMatch(claim -> claim.group() == Group.ELIMINATE || claim.group() == Group.REPLACE);
    }

    private BigDecimal cash(List<Claim> claims) {
        return money.cash(claims, Scenario.LIKELY);
    }

    private BigDecimal saved(List<Claim> claims) {
        return money.saved(claims, Scenario.LIKELY);
    }
}
