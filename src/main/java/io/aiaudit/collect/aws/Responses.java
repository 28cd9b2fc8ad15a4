package io.aiaudit.collect.aws;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Separates what AWS sends from what something in front of it sends with the status of a success: to the SDK an empty
 * response, and any page that is XML, such as the login page of a proxy, is an empty list.
 */
final class Responses {
    /** What S3 holds may be anything. */
    private static final Set<String> ANYTHING = Set.of("S3.GetObject");

    private static final Set<String> PAGES = Set.of("<html", "<!doctype html");
    private static final int ENOUGH = 64;
    private static final Set<MarshallingType<?>> LISTS = Set.of(MarshallingType.LIST, MarshallingType.MAP);

    /** What a page has beside its list. */
    private static final Pattern OF_A_LIST = Pattern.compile("(?i).*(token|marker|truncated)");

    private Responses() {}

    /** Why a response is none, as the cause: what the SDK throws in the end is made anew. */
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NoAnswer(String what) {
            super(what, null, false, false);
        }
    }

    /**
     * The same content, to be read from its beginning.
     *
     * @throws SdkClientException where it is not from AWS
     */
    static Optional<InputStream> checked(String operation, SdkHttpResponse response, Optional<InputStream> content) {
        if (!response.isSuccessful() || ANYTHING.contains(operation)) {
            return content;
        }
        if (content.isEmpty()) { // as with a Content-Length of 0
            throw noAnswer("an empty response");
        }
        BufferedInputStream whole = new BufferedInputStream(content.get());
        String beginning = beginning(whole);
        if (beginning.isEmpty()) {
            throw noAnswer("an empty response");
        }
        if (PAGES.stream().anyMatch(beginning::startsWith)) {
            throw noAnswer("an HTML page, which is not from AWS");
        }
        return Optional.of(whole);
    }

    /**
     * What describes one thing describes something: without any fact it is no answer, while an empty list is one, and
     * no list at all is none where AWS always sends one.
     *
     * @throws SdkClientException where it describes or lists nothing
     */
    static void check(AwsOperation operation, SdkPojo response) {
        List<SdkField<?>> facts = response.sdkFields().stream()
                .filter(field -> !LISTS.contains(field.marshallingType())
                        && !OF_A_LIST.matcher(field.memberName()).matches())
                .toList();
        if (operation.name().contains(".Describe")
                && !facts.isEmpty()
                && facts.stream().allMatch(fact -> fact.getValueOrDefault(response) == null)) {
            throw noAnswer("an empty response");
        }
        if (operation.isAlwaysListed()
                && response.sdkFields().stream().noneMatch(field -> isListed(field.getValueOrDefault(response)))) {
            throw noAnswer("a response without its list");
        }
    }

    /** Of what is absent the SDK makes an empty list of its own. */
    private static boolean isListed(Object value) {
        return value instanceof Collection && !(value instanceof SdkAutoConstructList);
    }

    private static SdkClientException noAnswer(String what) {
        return SdkClientException.create(what, new NoAnswer(what));
    }

    private static String beginning(InputStream whole) {
        try {
            whole.mark(ENOUGH);
            byte[] bytes = whole.readNBytes(ENOUGH);
            whole.reset();
            return new String(bytes, StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw noAnswer("a response that broke off");
        }
    }
}
