package io.aiaudit.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where prices are kept, and for whom. */
class OfferCacheTest {
    @ParameterizedTest
    @CsvSource({
        "/x/cache, /home/me, /x/cache",
        ", /home/me, /home/me/.cache",
        "relative, /home/me, /home/me/.cache",
        ", , /root/.cache",
        ", relative, /root/.cache"
    })
    void the_folder_is_that_of_xdg_else_below_home_else_below_the_home_that_the_system_knows(
            String xdg, String home, String folder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("XDG_CACHE_HOME", xdg);
        environment.put("HOME", home);
        assertThat(OfferCache.caches(environment, "/root")).isEqualTo(Path.of(folder));
    }

    @Test
    void prices_that_were_read_elsewhere_are_not_those_of_the_cloud() {
        assertThat(OfferCache.name("azure-eastus", null)).isEqualTo("azure-eastus");
        assertThat(OfferCache.name("azure-eastus", "https://one/prices"))
                .startsWith("azure-eastus-")
                .isNotEqualTo(OfferCache.name("azure-eastus", "https://two/prices"));
    }
}
