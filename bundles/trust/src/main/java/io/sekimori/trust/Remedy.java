package io.sekimori.trust;

import static io.sekimori.trust.Names.require;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which risk a release removes, in the words of its publisher, for people who decide when to install it (EN 303 645, 5.3-11).
 * Signed with the release. It changes nothing of what a gateway accepts: who publishes is held to what is said here, and words that
 * are malformed for whoever reads them are passed over. Which characters there are depends on the Java that looks.
 *
 * @param english  1 to {@value #MAX_LENGTH} characters in one line, none that is a control or turns text round
 * @param japanese the same; empty if there is none
 */
public record Remedy(String english, String japanese) {

    /** The longest text. */
    public static final int MAX_LENGTH = 500;

    static final String MEMBER = "remedy";
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\u2028\\u2029]");
    private static final String EN = "en";
    private static final String JA = "ja";

    /** @throws IllegalArgumentException if a text is too long, or has characters that are not seen */
    public Remedy {
        require(!english.isBlank(), "a remedy without English words");
        requireText(english);
        requireText(japanese);
    }

    private static void requireText(String text) {
        require(text.length() <= MAX_LENGTH, "a remedy has more than " + MAX_LENGTH + " characters");
        require(!UNSEEN.matcher(text).find(), "a remedy has characters that are not seen");
    }

    /** In that language, else in English. */
    public String in(Locale language) {
        return language.getLanguage().equals(JA) && !japanese.isEmpty() ? japanese : english;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>(Map.of(EN, english));
        if (!japanese.isEmpty()) {
            json.put(JA, japanese);
        }
        return json;
    }

    /**
     * What a release says, whoever signed it. Other languages are for later readers, and what is malformed says nothing: it must
     * not keep anybody from an update.
     *
     * @param custom the member {@code custom} of the release
     */
    static Optional<Remedy> of(JsonObject custom) {
        try {
            Optional<JsonObject> words = custom.optionalObject(MEMBER);
            return words.isPresent()
                    ? Optional.of(new Remedy(
                            words.get().string(EN),
                            words.get().optionalString(JA).orElse("")))
                    : Optional.empty();
        } catch (MalformedJson | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
