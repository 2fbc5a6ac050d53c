package express.polaris.mail;

/** A mail as it leaves: its words twice, without and with markup. */
record Envelope(String to, String subject, String plain, String html) {

    @Override
    public String toString() {
        return "Envelope";
    }
}
