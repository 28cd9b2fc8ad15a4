package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.rest.RestAnswer;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.UserError;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What refusals of Azure mean. */
class AzureFailureTest {
    private static UserError error(int status, String code, String message) {
        RestAnswer response = new RestAnswer(status, Map.of(), """
                {"error": {"code": "%s", "message": "%s"}}""".formatted(code, message));
        return new AzureFailure(Operations.of(AzureCollector.operations(), null))
                .explain(RestFailure.responded(CostQuery.QUERY.name(), "management.azure.com", response, null))
                .orElseThrow();
    }

    /** As Cost Management answers, with a status that elsewhere is about the token. */
    @Test
    void a_missing_role_that_is_refused_with_401_is_no_login_that_is_over() {
        UserError error = error(
                401,
                "RBACAccessDenied",
                "The client does not have authorization to perform action. Request ID: "
                        + "aefe2d4c-3134-4658-b9d1-f6a1b5c96cb2");
        assertThat(error.problem()).isEqualTo("access denied for Microsoft.CostManagement/query/read.");
        assertThat(error.fix()).startsWith("Add the permission");
        assertThat(error(401, "ExpiredAuthenticationToken", "The access token expiry is over.")
                        .fix())
                .isEqualTo("Log in again: az login");
    }

    @Test
    void a_deny_assignment_is_no_missing_permission() {
        UserError error = error(
                403,
                "DenyAssignmentAuthorizationFailed",
                "The client has permission to perform the action, but the access is denied because of the deny "
                        + "assignment with name 'System deny assignment'.");
        assertThat(error.problem())
                .isEqualTo("access denied for Microsoft.CostManagement/query/read by a deny assignment.");
        assertThat(error.fix()).doesNotContain("Add the permission");
    }

    @Test
    void what_names_one_request_is_left_out() {
        assertThat(error(400, "BadRequest", "Not possible (Request ID: aefe2d4c-3134-4658-b9d1-f6a1b5c96cb2).")
                        .problem())
                .isEqualTo("Microsoft.CostManagement/query/read failed: BadRequest, Not possible.");
        assertThat(error(400, "BadRequest", "Subscription aefe2d4c-3134-4658-b9d1-f6a1b5c96cb2 is of another offer.")
                        .problem())
                .endsWith("Subscription aefe2d4c-3134-4658-b9d1-f6a1b5c96cb2 is of another offer.");
    }
}
