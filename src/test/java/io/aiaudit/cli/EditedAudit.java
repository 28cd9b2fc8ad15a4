package io.aiaudit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An audit as JSON whose findings a test changed: its figures agree with them again, else it would be refused. What
 * else is made of findings is left out, as in an older audit.
 */
final class EditedAudit {
    private EditedAudit() {}

    static ObjectNode withItsSum(ObjectNode audit) {
        ObjectNode totals = (ObjectNode) audit.path("totals");
        for (String name : new String[] {"low", "likely", "high"}) {
            ((ObjectNode) totals.path("saving")).put(name, sum(audit, "counted", name, "counted"));
        }
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal freed = BigDecimal.ZERO;
        BigDecimal parts = totals.path("saving").path("likely").decimalValue();
        for (String status : new String[] {"unconfirmed", "blocked", "accepted"}) {
            BigDecimal ofStatus = sum(audit, "stand_alone", "likely", status);
            totals.put(status + "_saving", ofStatus);
            parts = parts.add(ofStatus);
        }
        Map<String, BigDecimal> byBasis = new TreeMap<>();
        Map<String, Integer> found = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        int unpriced = 0;
        for (JsonNode finding : audit.path("findings")) {
            gross = gross.add(amount(finding.path("stand_alone").path("likely")));
            ids.add(finding.path("id").asText());
            found.merge(finding.path("rule").asText(), 1, Integer::sum);
            unpriced += finding.path("status").asText().equals("unpriced") ? 1 : 0;
            if (finding.path("status").asText().equals("counted")) {
                freed = freed.add(amount(finding.path("freed_commitment")));
                byBasis.merge(
                        finding.path("cost_basis").asText(),
                        amount(finding.path("counted").path("likely")),
                        BigDecimal::add);
            }
        }
        totals.put("stand_alone_saving", gross);
        totals.put("freed_commitment", freed);
        totals.put("overlap", gross.subtract(parts).subtract(freed));
        totals.put("unpriced_findings", unpriced);
        ObjectNode bases = totals.putObject("saving_by_basis");
        byBasis.forEach(bases::put);
        for (String later : new String[] {"needs_decision", "window_ai_cost", "coverage", "in_use_partly_checked"}) {
            totals.putNull(later);
        }
        for (String later : new String[] {"roll_ups", "verdicts", "not_assessed", "commitment_coverage"}) {
            audit.putArray(later);
        }
        audit.path("rules").forEach(rule -> examined((ObjectNode) rule, found));
        audit.path("checklist").forEach(item -> {
            ArrayNode left = ((ObjectNode) item).arrayNode();
            item.path("findings").forEach(id -> {
                if (ids.contains(id.asText())) {
                    left.add(id);
                }
            });
            ((ObjectNode) item).set("findings", left);
        });
        return audit;
    }

    private static void examined(ObjectNode rule, Map<String, Integer> found) {
        rule.put("found", found.getOrDefault(rule.path("id").asText(), 0));
        if (!rule.path("state").asText().equals("evaluated")) {
            rule.put("examined", 0).put("not_examined", 0).put("found", 0);
            rule.putObject("not_examined_reasons");
            rule.putObject("not_examined_cost");
            rule.putArray("not_examined_resources");
        }
    }

    private static BigDecimal sum(ObjectNode audit, String range, String name, String status) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode finding : audit.path("findings")) {
            if (finding.path("status").asText().equals(status)) {
                sum = sum.add(amount(finding.path(range).path(name)));
            }
        }
        return sum;
    }

    private static BigDecimal amount(JsonNode value) {
        return value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
    }
}
