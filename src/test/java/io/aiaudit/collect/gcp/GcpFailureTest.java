package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.rest.RestAnswer;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.UserError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Google's refusals mean: several things that all are 403, and only one of them is a missing permission. */
class GcpFailureTest {
    private static final GcpFailure FAILURES = new GcpFailure(Operations.of(GcpCollector.operations(), null));

    private static RestFailure refused(String reason, String message) {
        return RestFailure.responded(
                NodePools.CLUSTERS.name(),
                "container.googleapis.com",
                new RestAnswer(403, Map.of(), """
                {"error": {"code": 403, "message": "%s", "status": "PERMISSION_DENIED", "details": [
                  {"@type": "type.googleapis.com/google.rpc.PreconditionFailure", "violations": []},
                  {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "%s", "domain": "googleapis.com",
                   "metadata": {"consumer": "projects/7"}}]}}""".formatted(message, reason)),
                null);
    }

    private static UserError error(String reason, String message) {
        return FAILURES.explain(refused(reason, message)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SECURITY_POLICY_VIOLATED  | access denied for LIST by VPC Service Controls. | perimeter
            ORG_RESTRICTION_VIOLATION  | access denied for LIST by a policy of the organization: no. | Have it allowed
            LOCATION_POLICY_VIOLATED  | access denied for LIST by a policy of the organization: no. | Have it allowed
            USER_BLOCKED_BY_ADMIN  | access denied for LIST by a policy of the organization: no. | Have it allowed
            ACCESS_TOKEN_SCOPE_INSUFFICIENT | the login lacks the access scope for LIST. | --scopes=
            BILLING_DISABLED  | billing is disabled for the project. | projects link
            CONSUMER_SUSPENDED  | Google has suspended the project. | gcp: projects
            GCP_SUSPENDED  | Google has suspended the project. | gcp: projects
            """)
    void what_no_permission_of_the_role_lifts_names_what_does(String reason, String problem, String fix) {
        UserError error = error(reason, "no");
        assertThat(error.problem()).isEqualTo(problem.replace("LIST", "container.clusters.list"));
        assertThat(error.fix()).contains(fix).doesNotContain("Add the permission");
        assertThat(GcpFailure.isOfRole(refused(reason, "no"))).isFalse();
    }

    @Test
    void a_missing_permission_is_added_to_the_role() {
        assertThat(error("IAM_PERMISSION_DENIED", "no").fix()).startsWith("Add the permission");
        assertThat(GcpFailure.isOfRole(refused("IAM_PERMISSION_DENIED", "no"))).isTrue();
    }

    /** Else the same failure of many objects would be as many gaps. */
    @Test
    void what_names_one_request_is_left_out() {
        assertThat(error("other", "Not here. vpcServiceControlsUniqueIdentifier: VQQnKfXtZ16NHn-mdJAy_0E92t")
                        .problem())
                .isEqualTo("access denied for container.clusters.list: Not here.");
        assertThat(error("other", "The request id is missing.").problem())
                .isEqualTo("access denied for container.clusters.list: The request id is missing.");
    }
}
