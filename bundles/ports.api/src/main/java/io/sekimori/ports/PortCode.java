package io.sekimori.ports;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * What is wrong with what listens. Stable names: add, never rename. Advice for each stands in the resource bundle
 * {@code refusals} next to this class, keyed by the name.
 */
public enum PortCode {
    /** The system's tables could not be read or understood, so nobody knows what listens. */
    PORTS_UNREADABLE,
    /** A bundle declares what cannot be read. */
    PORT_DECLARATION_MALFORMED,
    /** This process listens where no bundle declares it. */
    PORT_UNDECLARED,
    /** A bundle runs and does not listen where it says it would. */
    PORT_MISSING,
    /** Another process of this machine listens where the configuration does not declare it. */
    PORT_FOREIGN,
    /** The Gogo shell, which runs any command, is installed. */
    SHELL_ON,
    /** Java's remote management is switched on. */
    JMX_ON,
    /** Java's debugger agent is loaded. */
    DEBUG_ON,
    /** Somebody has attached to this Java process, which lets them load code into it. */
    ATTACH_OPEN,
    /** Java was started with arguments that are hidden in a file. */
    ARGUMENTS_HIDDEN;

    // The locale of the machine must not decide: what was asked for, else English.
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** What a person can do about it. */
    public String advice(Locale locale) {
        return ResourceBundle.getBundle(
                        "io.sekimori.ports.refusals", locale, PortCode.class.getClassLoader(), NO_FALLBACK)
                .getString(name());
    }
}
