package io.sekimori.config.admin;

import java.util.regex.Pattern;

/** The PIDs that this bundle takes: each is also a safe name of a folder. Stateless. */
final class Pid {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,149}(~[A-Za-z0-9._-]{1,49})?");

    private Pid() {}

    static boolean isWellFormed(String pid) {
        return FORM.matcher(pid).matches();
    }

    /** The PID under which a bundle describes {@code pid}: that of its factory, or itself. */
    static String described(String pid) {
        int instance = pid.indexOf('~');
        return instance < 0 ? pid : pid.substring(0, instance);
    }

    static boolean isOfFactory(String pid) {
        return pid.indexOf('~') >= 0;
    }

    static String instance(String pid) {
        return pid.substring(pid.indexOf('~') + 1);
    }
}
