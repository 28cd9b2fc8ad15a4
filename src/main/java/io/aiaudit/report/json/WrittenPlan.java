package io.aiaudit.report.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aiaudit.model.Plan;
import java.util.List;

/** Mixed into the audit by Jackson: the plan is written and never read, because it follows from the findings. */
interface WrittenPlan {
    @JsonProperty(value = "plan", access = JsonProperty.Access.READ_ONLY)
    List<Plan.Summary> planSummaries();
}
