package io.aiaudit.collect.aws;

import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/** The command that gives whoever runs aiaudit credentials, chosen by what the machine has. */
final class AwsLogin {
    private static final String DEFAULT = "default";

    private AwsLogin() {}

    /** Where there are none. */
    static String first() {
        return "Log in with 'aws sso login' or 'aws configure', name a profile with AWS_PROFILE, or set "
                + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
    }

    /** Where those there are no longer count. */
    static String renew() {
        if (SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent()) {
            return "Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN anew: eval \"$(aws configure "
                    + "export-credentials --format env)\"";
        }
        String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
        boolean sso = ofName(name).filter(AwsLogin::isSso).isPresent();
        return sso
                ? "Log in again: aws sso login --profile " + name
                : "Renew the credentials of the profile " + name + ": aws configure --profile " + name;
    }

    /**
     * The profile that the user named, else the one without a name where that is of single sign-on; null where there is
     * none of both.
     */
    static String profile() {
        Optional<String> named = ProfileFileSystemSetting.AWS_PROFILE.getNonDefaultStringValue();
        return named.orElseGet(() -> ofName(DEFAULT).filter(AwsLogin::isSso).isPresent() ? DEFAULT : null);
    }

    static boolean isThere(String profile) {
        return ofName(profile).isPresent();
    }

    private static Optional<Profile> ofName(String name) {
        return ProfileFile.defaultProfileFile().profile(name);
    }

    private static boolean isSso(Profile profile) {
        return profile.property("sso_session").isPresent()
                || profile.property("sso_start_url").isPresent();
    }
}
