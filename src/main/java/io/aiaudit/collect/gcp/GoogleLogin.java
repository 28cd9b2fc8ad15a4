package io.aiaudit.collect.gcp;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.ServiceOptions;
import io.aiaudit.collect.rest.Renewals;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Application default credentials: a user's, a service account's, an impersonated or federated one, as Google's library
 * finds them.
 */
final class GoogleLogin {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String LOG_IN =
            "Log in with 'gcloud auth application-default login', or name the file of a service account: export "
                    + "GOOGLE_APPLICATION_CREDENTIALS=FILE";

    /** What helps where a token is not issued, or not accepted any more. */
    static final String AGAIN = "Log in again: gcloud auth application-default login. For a service account, check "
            + "that it is enabled and its key exists: gcloud iam service-accounts keys list --iam-account=ACCOUNT";

    private final GoogleCredentials credentials;
    private final String quotaProject;
    private final Renewals renewals = new Renewals();
    private Instant renewed = Instant.MIN;

    private GoogleLogin(GoogleCredentials credentials, String quotaProject) {
        this.credentials = credentials;
        this.quotaProject = quotaProject;
    }

    /** {@code quotaProject} is null where that of the credentials counts. */
    static GoogleLogin find(GoogleHttp http, String quotaProject) {
        try {
            GoogleCredentials found =
                    GoogleCredentials.getApplicationDefault(http).createScoped(List.of(SCOPE));
            return new GoogleLogin(
                    quotaProject == null ? found : found.createWithQuotaProject(quotaProject), quotaProject);
        } catch (IOException e) {
            String message = line(e);
            throw message.contains("default credentials were not found")
                    ? new UserError("no Google credentials were found.", LOG_IN, e)
                    : new UserError(sentence("the Google credentials cannot be used: " + message), LOG_IN, e);
        }
    }

    GoogleCredentials credentials() {
        return credentials;
    }

    /** The project that queries run in and requests are counted on; null where none is configured. */
    String project() {
        if (quotaProject != null) {
            return quotaProject;
        }
        if (credentials.getQuotaProjectId() != null) {
            return credentials.getQuotaProjectId();
        }
        return credentials instanceof ServiceAccountCredentials account && account.getProjectId() != null
                ? account.getProjectId()
                : ServiceOptions.getDefaultProjectId();
    }

    /** The headers that let a request in. */
    Map<String, List<String>> headers(URI address) {
        try {
            return credentials.getRequestMetadata(address);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** A request that was sent then had a token that is not accepted, though it lasts by the clock of this computer. */
    synchronized void refused(Instant sent) {
        if (renewals.isDue(renewed, sent)) {
            try {
                credentials.refresh();
                renewed = Instant.now();
            } catch (IOException e) {
                throw refused(e);
            }
        }
    }

    /** A token could not be had. */
    static UserError refused(IOException failure) {
        return new UserError(
                sentence("Google issued no token for these credentials: " + line(failure)), AGAIN, failure);
    }

    /** A text that was cut ends as it is. */
    private static String sentence(String text) {
        return text.endsWith("...") ? text : text + ".";
    }

    private static String line(IOException failure) {
        String text = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
        String bare = text.replaceFirst("[. ]+$", "");
        return bare.length() > 200 ? bare.substring(0, 200) + "..." : bare;
    }
}
