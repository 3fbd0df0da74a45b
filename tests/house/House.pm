# What the house rules share: the tree, the tables of config/lint, code without comments, counted exceptions.
#
# Every test_* here looks at the tree it stands in, or at --root DIR with the tables of --lint DIR, which is how
# test_rules_bite shows that each of them can fail.
package House;
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Find qw(find);
use Exporter qw(import);
our @EXPORT = qw(files slurp table code strings_kept found finish glob_fits root);

my $here = dirname(abs_path(__FILE__));
my ($root, $lint) = ("$here/../..", undef);
while (@ARGV) {
    my $option = shift @ARGV;
    if ($option eq '--root') { $root = shift @ARGV }
    elsif ($option eq '--lint') { $lint = shift @ARGV }
    else { die "usage: $0 [--root DIR] [--lint DIR]\n" }
}
$lint //= "$root/config/lint";

sub root { return $root }

# All files below these folders whose path fits, relative to the root, sorted; what a build or git makes is left out.
sub files {
    my ($fits, @folders) = @_;
    my @found;
    my @tops = grep { -d "$root/$_" } @folders ? @folders : ('.');
    return () unless @tops;
    find({ no_chdir => 1,
           preprocess => sub { grep { !/^\.(git|cache)$/ && !/^build/ } @_ },
           wanted => sub {
               my $path = substr($File::Find::name, length($root) + 1);
               $path =~ s{^\./}{};
               push @found, $path if -f $File::Find::name && $path =~ $fits;
           } }, map { "$root/$_" } @tops);
    my @sorted = sort @found;
    return @sorted;
}

sub slurp {
    my ($path) = @_;
    open(my $file, '<', "$root/$path") or die "$path: $!\n";
    local $/;
    my $text = <$file>;
    return defined $text ? $text : '';
}

# The rows of a table: fields without the spaces around them.
sub table {
    my ($name) = @_;
    open(my $file, '<', "$lint/$name") or die "$lint/$name: $!\n";
    my @rows;
    while (my $line = <$file>) {
        chomp $line;
        next if $line =~ /^\s*(#|$)/;
        push @rows, [ map { s/^\s+|\s+$//gr } split /\s\|(?=\s|$)/, $line, -1 ];
    }
    return @rows;
}

# The text with every comment, and every string's content, replaced by spaces; lines stay where they are.
sub code {
    my ($text) = @_;
    $text =~ s{(/\*.*?\*/)|(//[^\n]*)|("(?:\\.|[^"\\\n])*")|('(?:\\.|[^'\\\n])+')}
              { defined $3 ? '"' . (' ' x (length($3) - 2)) . '"'
              : defined $4 ? "'" . (' ' x (length($4) - 2)) . "'"
              : ($1 // $2) =~ s/[^\n]/ /gr }gse;
    return $text;
}

# The text with every comment replaced by spaces and strings as they are.
sub strings_kept {
    my ($text) = @_;
    $text =~ s{(/\*.*?\*/)|(//[^\n]*)|("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+')}
              { defined $3 ? $3 : ($1 // $2) =~ s/[^\n]/ /gr }gse;
    return $text;
}

# Shell patterns: * stands for anything but a slash.
sub glob_fits {
    my ($path, @patterns) = @_;
    for my $pattern (@patterns) {
        my $expression = join '[^/]*', map { quotemeta } split /\*/, $pattern, -1;
        return 1 if $path =~ /^$expression$/;
    }
    return 0;
}

my (@complaints, %count);

# One thing a rule refuses, at a line (0 for the whole file).
sub found {
    my ($rule, $path, $line, $what) = @_;
    $count{$rule}{$path}++;
    push @complaints, [ $rule, $path, $line, $what ];
    return;
}

# The end of a test: what is no counted exception is told, and so is an exception that is not needed (any more).
sub finish {
    my (@rules) = @_;
    my (%allowed, $bad);
    for my $row (table('exceptions')) {
        my ($rule, $path, $number, $reason) = @$row;
        next unless grep { $_ eq $rule } @rules;
        if (!defined $reason || $reason !~ /\w+ \w+/) {
            print "config/lint/exceptions: $rule $path: an exception needs a reason\n";
            $bad = 1;
        }
        $allowed{$rule}{$path} = $number;
        my $real = $count{$rule}{$path} // 0;
        next if $real == $number;
        print "config/lint/exceptions: $rule $path: $number allowed, $real found; correct the code or the number\n";
        $bad = 1;
    }
    for my $complaint (@complaints) {
        my ($rule, $path, $line, $what) = @$complaint;
        next if ($allowed{$rule}{$path} // 0) == $count{$rule}{$path};
        print "$path", $line ? ":$line" : '', ": $rule: $what\n";
        $bad = 1;
    }
    exit($bad ? 1 : 0);
}

1;
