package express.polaris.messages.mail;

/** Mail ready to be sent, as plain text and as HTML. */
record Envelope(String to, String subject, String plain, String html) {

    @Override
    public String toString() {
        return "Envelope";
    }
}
