package io.aiaudit.collect.trino;

import io.aiaudit.model.UserError;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Turns failures of Trino into a problem and its fix. The only class that knows its error codes. */
record TrinoFailure(TrinoAddress address, TrinoLogin login) {
    /**
     * Codes of Trino's StandardErrorCode. Those from 65,536 on are of the engine itself, from 131,072 on of its limits.
     */
    private static final int PERMISSION_DENIED = 4;

    private static final int USER_CANCELED = 3;
    private static final int CATALOG_NOT_FOUND = 44;
    private static final int TABLE_NOT_FOUND = 46;
    private static final int ADMINISTRATIVELY_KILLED = 38;
    private static final int QUERY_REJECTED = 31;
    private static final int ENGINE = 0x0001_0000;
    private static final int RESOURCES = 0x0002_0000;
    private static final int ADMINISTRATIVELY_PREEMPTED = 131_080;
    private static final int CONNECTORS = 0x0100_0000;

    private static final Pattern QUERY = Pattern.compile("^Query failed \\(#([^)]+)\\): ", Pattern.DOTALL);

    /** Empty where it is none of Trino's failures, but our defect. */
    Optional<UserError> explain(Exception thrown) {
        for (Throwable below = thrown; below != null; below = below.getCause()) {
            Optional<UserError> network = network(below);
            if (network.isPresent()) {
                return network;
            }
        }
        for (Throwable below = thrown; below != null; below = below.getCause()) {
            if (below instanceof SQLException failure) {
                return Optional.of(of(failure));
            }
        }
        return Optional.empty();
    }

    private Optional<UserError> network(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return Optional.of(new UserError(
                    "the host " + address.host() + " of Trino is not known.",
                    "Correct the address, or connect to the network that knows it."));
        }
        if (failure instanceof SSLException) {
            return Optional.of(new UserError(
                    "no encrypted connection to Trino at " + address.server() + ": " + sentence(failure.getMessage()),
                    "If your own authority signed its certificate, add SSLTrustStorePath=/path/to/ca.pem to the"
                            + " address; if the port is not encrypted, SSL=false."));
        }
        if (failure instanceof SocketException || failure instanceof SocketTimeoutException) {
            return Optional.of(new UserError(
                    "Trino at " + address.server() + " does not answer: " + sentence(failure.getMessage()),
                    "Check host and port, and that the coordinator runs: curl "
                            + (address.tls() ? "https://" : "http://") + address.server() + "/v1/info"));
        }
        return Optional.empty();
    }

    private UserError of(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher query = QUERY.matcher(message);
        String id = query.find() ? query.group(1) : null;
        String reason = sentence(message.substring(id == null ? 0 : query.end()));
        int code = failure.getErrorCode();
        if (message.contains("Authentication failed")) {
            return new UserError(
                    "Trino at " + address.server() + " does not accept " + login.means(address)
                            + ": it is wrong or has expired.",
                    "Set a new " + TrinoLogin.TOKEN + ", or " + TrinoLogin.USER + " and " + TrinoLogin.PASSWORD
                            + ", and run it again.");
        }
        if (code >= ENGINE && code != ADMINISTRATIVELY_PREEMPTED) {
            return engine(code, id, reason);
        }
        return switch (code) {
            case PERMISSION_DENIED ->
                new UserError(
                        "access denied to " + address.name() + " for " + login.means(address) + ": " + reason,
                        "Grant it: GRANT SELECT ON " + address.name() + " TO USER ...");
            case USER_CANCELED, ADMINISTRATIVELY_KILLED, ADMINISTRATIVELY_PREEMPTED ->
                new UserError(
                        "the query" + of(id) + " was cancelled in Trino: " + reason,
                        "Its page in Trino says who did it; then run it again"
                                + (id == null ? "." : ": " + address.page(id)));
            case QUERY_REJECTED ->
                new UserError(
                        "Trino at " + address.server() + " rejected the query: " + reason,
                        "Read fewer days with --window, or use a larger resource group.");
            default ->
                code >= CATALOG_NOT_FOUND && code <= TABLE_NOT_FOUND
                        ? new UserError(
                                address + " does not exist: " + reason,
                                "Correct the address; to list tables: SHOW TABLES FROM " + schema())
                        : new UserError(
                                "Trino at " + address.server() + " could not run the query" + of(id) + " on "
                                        + address.name() + ": " + reason,
                                id == null ? again() : "See the query: " + address.page(id));
        };
    }

    private UserError engine(int code, String id, String reason) {
        if (code >= CONNECTORS) {
            return new UserError(
                    "Trino could not read " + address.name() + " from its storage (query" + of(id) + "): " + reason,
                    id == null ? again() : "See the query: " + address.page(id));
        }
        if (code >= RESOURCES) {
            return new UserError(
                    "the query" + of(id) + " exceeded a limit of Trino at " + address.server() + ": " + reason,
                    "Read fewer days with --window, or have the limit raised.");
        }
        return new UserError(
                "Trino at " + address.server() + " failed during the query" + of(id) + ": " + reason,
                "A worker may be lost. Run it again; if it persists, see "
                        + (id == null ? "the log of the coordinator." : address.page(id)));
    }

    private static String of(String query) {
        return query == null ? "" : " " + query;
    }

    private String again() {
        return "Run it again; if it persists, see the log of the coordinator at " + address.server() + ".";
    }

    private String schema() {
        String name = address.name();
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Its first line, with a period. */
    private static String sentence(String message) {
        String line = String.valueOf(message)
                .lines()
                .findFirst()
                .orElse("no reason was given")
                .strip();
        return line.matches(".*[.!?]") ? line : line + ".";
    }
}
