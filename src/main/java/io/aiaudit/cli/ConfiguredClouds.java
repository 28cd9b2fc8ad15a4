package io.aiaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which clouds this computer has credentials for, as far as variables and files show it. Nothing is sent, and no file
 * is opened.
 */
final class ConfiguredClouds {
    private final Map<String, String> environment;
    private final Path home;

    ConfiguredClouds(Map<String, String> environment) {
        this.environment = environment;
        this.home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "")));
    }

    /** A source with what shows that it is configured. */
    record Found(String source, String by) {}

    List<Found> find() {
        List<Found> found = new ArrayList<>();
        variable(
                        "AWS_PROFILE",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI")
                .or(() -> file(home.resolve(".aws/config"), home.resolve(".aws/credentials")))
                .ifPresent(by -> found.add(new Found("aws", by)));
        variable("AZURE_CLIENT_ID", "AZURE_TENANT_ID")
                .or(() -> file(home.resolve(".azure/azureProfile.json")))
                .ifPresent(by -> found.add(new Found("azure", by)));
        variable("GOOGLE_APPLICATION_CREDENTIALS")
                .or(() -> file(gcloud().resolve("application_default_credentials.json")))
                .ifPresent(by -> found.add(new Found("gcp", by)));
        return found;
    }

    private Path gcloud() {
        String named = environment.getOrDefault("CLOUDSDK_CONFIG", "");
        return named.isBlank() ? home.resolve(".config/gcloud") : Path.of(named);
    }

    private Optional<String> variable(String... names) {
        return List.of(names).stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .map(name -> "the variable " + name)
                .findFirst();
    }

    private static Optional<String> file(Path... files) {
        return List.of(files).stream()
                .filter(Files::isRegularFile)
                .map(Path::toString)
                .findFirst();
    }
}
