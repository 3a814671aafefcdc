package io.sekimori.trust;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Finds the advice that lies beside an enum of refusal codes. */
final class Advice {

    // The unit's own locale must not decide: what was asked for, else English.
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private Advice() {}

    static String of(RefusalCode code, Locale locale) {
        Class<?> area = code.getClass();
        return ResourceBundle.getBundle(area.getPackageName() + ".refusals", locale, area.getClassLoader(), NO_FALLBACK)
                .getString(code.name());
    }
}
