package io.aiaudit.collect.gcp;

import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.GoogleServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads everything from the simulated Google, with a home and caches of its own. */
final class GoogleGather {
    private static final String HOME = "user.home";
    private static final String CACHES = "aiaudit.caches";

    private final GoogleServer google;
    private final Path folder;
    private Map<String, Long> requests = Map.of();

    GoogleGather(GoogleServer google, Path folder) {
        this.google = google;
        this.folder = folder;
    }

    /** What is in some projects, and in those of some folders; no locations = those that have something. */
    Gathered read(Window window, List<String> folders, List<String> projects, List<String> locations) throws Exception {
        Path here = folder.resolve("home-" + System.nanoTime());
        google.logIn(here);
        String home = System.setProperty(HOME, here.toString());
        System.setProperty(CACHES, here.toString());
        try {
            GcpScope scope = new GcpScope(null, folders, projects, locations, null, null, google.endpoints());
            GcpCollector collector = new GcpCollector(scope, null, folder);
            Gathered gathered = Gathered.from(collector, window);
            requests = collector.cost().requests();
            return gathered;
        } finally {
            System.setProperty(HOME, home);
            System.clearProperty(CACHES);
        }
    }

    /** How often each operation was called by the last of these. */
    Map<String, Long> requests() {
        return requests;
    }
}
