package io.sekimori.notices;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * A notice as a mail (RFC 5322): one part of plain text. Subject and body are base64 throughout, so that no name in them can
 * end a line, a header or the mail. Stateless.
 */
final class MailText {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    // An encoded word has 75 characters at most (RFC 2047, 2): 45 bytes, in whole characters.
    private static final int WORD_BYTES = 45;

    private MailText() {}

    /** The whole message, its lines ended by CR LF. */
    static byte[] of(Notice notice, String from, String to, Locale language, Instant now) {
        ResourceBundle texts = ResourceBundle.getBundle(
                "io.sekimori.notices.texts",
                language,
                MailText.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String domain = from.substring(from.indexOf('@') + 1);
        String body = Base64.getMimeEncoder().encodeToString(body(notice, texts).getBytes(StandardCharsets.UTF_8));
        return String.join(
                        "\r\n",
                        "Date: " + DATE.format(now.atZone(ZoneOffset.UTC)),
                        "From: <" + from + ">",
                        "To: <" + to + ">",
                        "Message-ID: <" + notice.id() + "@" + domain + ">",
                        "Subject: " + encoded(subject(notice, texts)),
                        "Auto-Submitted: auto-generated",
                        "MIME-Version: 1.0",
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Transfer-Encoding: base64",
                        "",
                        body,
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String subject(Notice notice, ResourceBundle texts) {
        return "Sekimori: " + texts.getString(notice.kind().name()) + " (" + notice.count() + ")";
    }

    private static String body(Notice notice, ResourceBundle texts) {
        StringBuilder text = new StringBuilder();
        text.append(texts.getString(notice.kind().name()))
                .append(": ")
                .append(notice.count())
                .append("\n");
        text.append(texts.getString("since")).append(" ").append(notice.at()).append("\n\n");
        for (Fact fact : notice.facts()) {
            text.append("- ")
                    .append(fact.subject())
                    .append("\n  ")
                    .append(fact.detail())
                    .append("\n");
        }
        int left = notice.count() - notice.facts().size();
        if (!notice.facts().isEmpty() && left > 0) {
            text.append(texts.getString("more")).append(" ").append(left).append("\n");
        }
        return text.append(texts.getString(notice.kind().name() + ".advice"))
                .append("\n")
                .toString();
    }

    private static String encoded(String text) {
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            String next = Character.toString(character);
            if ((word + next).getBytes(StandardCharsets.UTF_8).length > WORD_BYTES) {
                words.append(word(word)).append("\r\n ");
                word.setLength(0);
            }
            word.append(next);
        }
        return words.append(word(word)).toString();
    }

    private static String word(CharSequence text) {
        return "=?utf-8?B?" + Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8))
                + "?=";
    }
}
