package io.sekimori.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/** The texts of one language. Immutable and thread-safe. */
public final class Messages {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ResourceBundle texts;
    private final Locale locale;

    private Messages(Locale locale) {
        this.locale = locale;
        this.texts = load("io.sekimori.cli.messages");
    }

    /** The texts in {@code locale}, or in English where there is no translation. */
    public static Messages in(Locale locale) {
        return new Messages(locale);
    }

    /**
     * The language that POSIX says the environment asks for: LC_ALL, then LC_MESSAGES, then LANG. The JVM's own
     * answer is not used since it falls back to English for a locale that is not installed.
     */
    static Locale localeOf(Map<String, String> environment) {
        String named = firstSet(environment, "LC_ALL", "LC_MESSAGES", "LANG");
        return named.startsWith("ja") ? Locale.JAPANESE : Locale.ROOT;
    }

    static String firstSet(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** The text of {@code key} with its {@code {0}}, {@code {1}}... filled in; numbers are not grouped. */
    public String text(String key, Object... details) {
        Object[] plain = new Object[details.length];
        for (int i = 0; i < details.length; i++) {
            plain[i] = String.valueOf(details[i]);
        }
        return new MessageFormat(texts.getString(key), locale).format(plain);
    }

    /** The text of {@code key} as it stands, or empty if there is none. */
    Optional<String> find(String key) {
        return texts.containsKey(key) ? Optional.of(texts.getString(key)) : Optional.empty();
    }

    /** The language. */
    public Locale locale() {
        return locale;
    }

    ResourceBundle bundle() {
        return texts;
    }

    /** The text of {@code key} in another bundle on the class path, or empty. */
    Optional<String> in(String bundleName, String key) {
        try {
            ResourceBundle other = load(bundleName);
            return other.containsKey(key) ? Optional.of(other.getString(key)) : Optional.empty();
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }

    private ResourceBundle load(String name) {
        return ResourceBundle.getBundle(name, locale, Messages.class.getClassLoader(), NO_FALLBACK);
    }
}
