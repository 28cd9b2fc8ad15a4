package io.aiaudit.collect.aws;

import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/** The command that gives whoever runs aiaudit credentials, told from what the machine has. */
final class AwsLogin {
    private AwsLogin() {}

    /** Where there are none. */
    static String first() {
        return "Log in with 'aws sso login' or 'aws configure', name a profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
    }

    /** Where those there are no longer count. */
    static String renew() {
        if (SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent()) {
            return "Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN anew: eval \"$(aws configure export-credentials --format env)\"";
        }
        String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
        boolean sso = Optional.of(ProfileFile.defaultProfileFile())
                .flatMap(file -> file.profile(name))
                .filter(AwsLogin::isSso)
                .isPresent();
        return sso
                ? "Log in again: aws sso login --profile " + name
                : "Renew the credentials of the profile " + name + ": aws configure --profile " + name;
    }

    private static boolean isSso(Profile profile) {
        return profile.property("sso_session").isPresent()
                || profile.property("sso_start_url").isPresent();
    }
}
