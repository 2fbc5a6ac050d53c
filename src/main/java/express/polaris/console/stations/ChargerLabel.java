package express.polaris.console.stations;

/**
 * Printable label: its URL and its content.
 *
 * @param href URL of the SVG
 * @param address URL that the QR code contains
 * @param fileName suggested file name
 */
public record ChargerLabel(String href, String title, String address, String fileName) {}
