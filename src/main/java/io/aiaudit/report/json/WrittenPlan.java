package io.aiaudit.report.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aiaudit.model.Plan;
import io.aiaudit.model.UserText;
import java.util.List;

/**
 * Mixed into the audit by Jackson: the plan is written and never read, because it follows from the findings. Texts of
 * the user are left out where nothing quotes one.
 */
interface WrittenPlan {
    @JsonProperty(value = "plan", access = JsonProperty.Access.READ_ONLY)
    List<Plan.Summary> planSummaries();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<UserText> userTexts();
}
