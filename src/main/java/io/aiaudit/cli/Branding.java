package io.aiaudit.cli;

import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Brand;
import java.util.Optional;

/** Finds what a consultant puts on the reports of one run. */
final class Branding {
    private Branding() {}

    /**
     * The brand of the configuration, with the client that a flag names; without names where they are redacted, with a
     * notice.
     */
    static Brand of(Settings settings, Optional<ConfigFile> file, Console console) {
        Brand configured = file.map(ConfigFile::brand).orElse(Brand.NONE);
        Optional<String> client = settings.find(Setting.CLIENT).map(Settings.Value::text);
        return Redaction.isWanted(settings)
                ? withoutNames(settings, file, console)
                : client.map(configured::withClient).orElse(configured);
    }

    /** The same for an audit whose names are replaced, whenever that was done. */
    static Brand withoutNames(Settings settings, Optional<ConfigFile> file, Console console) {
        Brand configured = file.map(ConfigFile::brand).orElse(Brand.NONE);
        Optional<String> client = settings.find(Setting.CLIENT).map(Settings.Value::text);
        if (configured.names()) {
            console.say("Of the brand, only its colour is on redacted reports: logo, lines and texts may give a name "
                    + "away.");
        }
        return client.map(configured.withoutNames()::withClient).orElse(configured.withoutNames());
    }
}
