package io.aiaudit.collect.gcp;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.auth.Retryable;
import com.google.cloud.BaseServiceException;
import java.io.IOException;

/**
 * What BigQuery's library sends again, as often and as late as it does by default: its own choice leaves out a service
 * that is not well.
 */
final class BigQueryRetries extends BasicResultRetryAlgorithm<Object> {
    private static final int TOO_MANY = 429;
    private static final int UNWELL = 500;

    @Override
    public boolean shouldRetry(Throwable thrown, Object response) {
        if (thrown instanceof GoogleJsonResponseException refusal) {
            return isPassing(refusal.getStatusCode())
                    || String.valueOf(refusal.getDetails()).contains("ateLimitExceeded");
        }
        if (thrown instanceof Retryable ofLogin) {
            return ofLogin.isRetryable();
        }
        if ((thrown instanceof IOException && !(thrown instanceof HttpResponseException))
                || thrown instanceof NullPointerException) {
            return true;
        }
        return thrown instanceof BaseServiceException failure
                && (failure.isRetryable() || isPassing(failure.getCode()));
    }

    /** 0 is an answer that did not come, or not whole. */
    private static boolean isPassing(int status) {
        return status == 0 || status == TOO_MANY || status >= UNWELL;
    }
}
