package io.aiaudit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** An audit as JSON whose findings a test changed: its headline is theirs again, else it would be refused. */
final class EditedAudit {
    private EditedAudit() {}

    static ObjectNode withItsSum(ObjectNode audit) {
        ObjectNode totals = (ObjectNode) audit.path("totals");
        for (String name : new String[] {"low", "likely", "high"}) {
            ((ObjectNode) totals.path("saving")).put(name, sum(audit, "counted", name, "counted"));
        }
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal parts = totals.path("saving").path("likely").decimalValue();
        for (String status : new String[] {"unconfirmed", "blocked", "accepted"}) {
            BigDecimal ofStatus = sum(audit, "stand_alone", "likely", status);
            totals.put(status + "_saving", ofStatus);
            parts = parts.add(ofStatus);
        }
        for (JsonNode finding : audit.path("findings")) {
            gross = gross.add(amount(finding.path("stand_alone").path("likely")));
        }
        totals.put("stand_alone_saving", gross);
        totals.put("freed_commitment", BigDecimal.ZERO);
        totals.put("overlap", gross.subtract(parts));
        ObjectNode byBasis = totals.putObject("saving_by_basis");
        byBasis.put("effective", totals.path("saving").path("likely").decimalValue());
        return audit;
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
