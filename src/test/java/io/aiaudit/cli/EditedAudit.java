package io.aiaudit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** An audit as JSON whose findings a test changed: its headline is theirs again, else it would be refused. */
final class EditedAudit {
    private EditedAudit() {}

    static ObjectNode withItsSum(ObjectNode audit) {
        for (String name : new String[] {"low", "likely", "high"}) {
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode finding : audit.path("findings")) {
                if (finding.path("status").asText().equals("counted")) {
                    sum = sum.add(finding.path("counted").path(name).decimalValue());
                }
            }
            ((ObjectNode) audit.path("totals").path("saving")).put(name, sum);
        }
        return audit;
    }
}
