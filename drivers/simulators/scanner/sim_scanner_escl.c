#include "drivers/simulators/scanner/sim_scanner_escl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ESCL_WIDTH_MAX_300 = 2550, ESCL_HEIGHT_MAX_300 = 3508, ESCL_QUALITY = 95 };

static const int escl_resolutions[] = {75, 100, 150, 200, 300, 600};

static enum status put_resolutions(struct buf *out)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof escl_resolutions / sizeof *escl_resolutions && status == STATUS_OK; i++)
        status = buf_append_format(out,
                                   "<scan:DiscreteResolution><scan:XResolution>%d</scan:XResolution>"
                                   "<scan:YResolution>%d</scan:YResolution></scan:DiscreteResolution>",
                                   escl_resolutions[i], escl_resolutions[i]);
    return status;
}

/* The same abilities for glass and feeder. */
static enum status put_input(struct buf *out, const char *element)
{
    enum status status = buf_append_format(
        out,
        "<scan:%s><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>%d</scan:MaxWidth>"
        "<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>%d</scan:MaxHeight>"
        "<scan:MaxScanRegions>1</"
        "scan:MaxScanRegions><scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>"
        "<scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>"
        "<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat></scan:DocumentFormats>"
        "<scan:SupportedResolutions><scan:DiscreteResolutions>",
        element, ESCL_WIDTH_MAX_300, ESCL_HEIGHT_MAX_300);
    if (status == STATUS_OK)
        status = put_resolutions(out);
    if (status == STATUS_OK)
        status = buf_append_format(
            out,
            "</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile>"
            "</scan:SettingProfiles><scan:SupportedIntents><scan:Intent>Document</scan:Intent>"
            "</scan:SupportedIntents></scan:%s>",
            element);
    return status;
}

enum status sim_scanner_escl_capabilities(struct buf *out)
{
    enum status status = buf_append_text(
        out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scan:ScannerCapabilities "
             "xmlns:scan=\"http://schemas.hp.com/imaging/escl/2011/05/03\" "
             "xmlns:pwg=\"http://www.pwg.org/schemas/2010/12/sm\"><pwg:Version>2.63</pwg:Version>"
             "<pwg:MakeAndModel>Simulated Counter Scanner</pwg:MakeAndModel>"
             "<pwg:SerialNumber>SIM0001</pwg:SerialNumber>"
             "<scan:UUID>5f2f1a52-0000-4000-8000-000000000001</scan:UUID><scan:Platen>");
    if (status == STATUS_OK)
        status = put_input(out, "PlatenInputCaps");
    if (status == STATUS_OK)
        status = buf_append_text(out, "</scan:Platen><scan:Adf>");
    if (status == STATUS_OK)
        status = put_input(out, "AdfSimplexInputCaps");
    if (status == STATUS_OK)
        status = buf_append_text(out, "<scan:FeederCapacity>50</scan:FeederCapacity><scan:AdfOptions>"
                                      "<scan:AdfOption>DetectPaperLoaded</scan:AdfOption></scan:AdfOptions>"
                                      "</scan:Adf></scan:ScannerCapabilities>\n");
    return status;
}

enum status sim_scanner_escl_status(struct buf *out, const char *state, const char *feeder)
{
    enum status status = buf_append_format(out,
                                           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scan:ScannerStatus "
                                           "xmlns:scan=\"http://schemas.hp.com/imaging/escl/2011/05/03\" "
                                           "xmlns:pwg=\"http://www.pwg.org/schemas/2010/12/"
                                           "sm\"><pwg:Version>2.63</pwg:Version><pwg:State>%s</pwg:State>",
                                           state);
    if (status == STATUS_OK && *feeder)
        status = buf_append_format(out, "<scan:AdfState>%s</scan:AdfState>", feeder);
    if (status == STATUS_OK)
        status = buf_append_text(out, "</scan:ScannerStatus>\n");
    return status;
}

/* The text of the first element with this local name; prefixes differ between clients. */
static bool element_text(const char *xml, const char *name, char *out, size_t size)
{
    size_t name_length = strlen(name);
    for (const char *at = xml; (at = strstr(at, name)) != NULL; at += name_length) {
        bool is_start = at > xml && (at[-1] == ':' || at[-1] == '<') && at[name_length] == '>';
        const char *text = at + name_length + 1, *end = is_start ? strchr(text, '<') : NULL;
        if (!end || end[1] == '\0' || (size_t)(end - text) >= size)
            continue;
        memcpy(out, text, (size_t)(end - text));
        out[end - text] = '\0';
        return true;
    }
    return false;
}

static int element_number(const char *xml, const char *name, int fallback)
{
    char text[16];
    return element_text(xml, name, text, sizeof text) ? (int)strtol(text, NULL, 10) : fallback;
}

static bool is_offered(int dpi)
{
    for (size_t i = 0; i < sizeof escl_resolutions / sizeof *escl_resolutions; i++)
        if (escl_resolutions[i] == dpi)
            return true;
    return false;
}

enum status sim_scanner_escl_wish(const char *settings, struct sim_scanner_wish *out)
{
    char mode[32] = "RGB24", source[32] = "Platen", format[32] = "image/jpeg";
    (void)element_text(settings, "ColorMode", mode, sizeof mode);
    (void)element_text(settings, "InputSource", source, sizeof source);
    (void)element_text(settings, "DocumentFormat", format, sizeof format);
    struct sim_scanner_wish wish = {
        .dpi = element_number(settings, "XResolution", 300),
        .width_300 = element_number(settings, "Width", ESCL_WIDTH_MAX_300),
        .height_300 = element_number(settings, "Height", ESCL_HEIGHT_MAX_300),
        .quality = ESCL_QUALITY,
        .is_gray = strcmp(mode, "Grayscale8") == 0,
        .is_feeder = strcmp(source, "Feeder") == 0,
    };
    if (!is_offered(wish.dpi) || wish.dpi != element_number(settings, "YResolution", wish.dpi) ||
        wish.width_300 < 16 || wish.width_300 > ESCL_WIDTH_MAX_300 || wish.height_300 < 16 ||
        wish.height_300 > ESCL_HEIGHT_MAX_300 || strcmp(format, "image/jpeg") != 0 ||
        (!wish.is_gray && strcmp(mode, "RGB24") != 0) || (!wish.is_feeder && strcmp(source, "Platen") != 0))
        return STATUS_MALFORMED;
    *out = wish;
    return STATUS_OK;
}
