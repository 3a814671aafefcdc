package io.sekimori.notices;

import io.sekimori.fleet.DeviceReport.Transition;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Says what waits at a gateway, for whom, and where they go on with it. Words of ours come first: what the gateway says of itself may
 * be of any length, and is marked as its own. Pure.
 */
final class ToDo {

    private ToDo() {}

    static String of(Transition waiting, String gateway, Locale language) {
        ResourceBundle texts = ResourceBundle.getBundle(
                "io.sekimori.notices.texts",
                language,
                ToDo.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String what = filled(texts, "waits", Long.toString(waiting.assignment()), waiting.code());
        String remedy = filled(texts, "waits." + waiting.code(), gateway);
        return waiting.detail().isEmpty()
                ? what + " " + remedy
                : what + " " + remedy + " " + filled(texts, "waits.says", waiting.detail());
    }

    private static String filled(ResourceBundle texts, String key, String... places) {
        return MessageFormat.format(texts.getString(key), (Object[]) places);
    }
}
