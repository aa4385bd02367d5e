/** Commands that are known to destroy, to send or to change what others rely on. */

export type Danger =
  | "deletes"
  | "erases-disk"
  | "runs-download"
  | "rewrites-history"
  | "discards-changes"
  | "opens-permissions"
  | "drops-data"
  | "as-administrator"
  | "stops-machine"
  | "overwrites-system"
  | "sends-files"
  | "destroys-cloud"
  | "publishes"
  | "runs-code"
  | "disguised";

/** What it may do, the command's name, and how its arguments are then; ` <` stands behind them where it is fed. */
export const KNOWN: readonly (readonly [Danger, RegExp, RegExp?])[] = [
  ["deletes", /^(?:rm|srm|shred|rimraf|del-cli|unlink|del|erase|rd|remove-item|ri|clear-recyclebin|clear-content)$/],
  ["deletes", /^(?:yarn|pnpm|bun)$/, /^(?:rimraf|del-cli)\b/],
  ["deletes", /^vssadmin$/, /\bdelete\b/i],
  ["deletes", /^find$/, /(?:^| )-delete\b/],
  ["deletes", /^(?:rsync|robocopy)$/, /(?:^| )(?:--delete|--del\b|--remove-source-files|\/mir|\/purge)/i],
  ["deletes", /^truncate$/, /(?:^| )(?:-s|--size)/],
  ["deletes", /^rmdir$/, /(?:^| )(?:\/s|-r)/i],
  ["erases-disk", /^(?:mkfs|mke2fs|wipefs|fdisk|sfdisk|cfdisk|gdisk|sgdisk|parted|diskpart|blkdiscard|mkswap)/],
  ["erases-disk", /^(?:dd|dcfldd)$/, /(?:^| )of=(?:\/dev\/(?!null)|\\\\|[$<])/],
  ["erases-disk", /^(?:zfs|zpool|btrfs|cryptsetup)$/, /(?:^| )(?:destroy|delete|luksFormat|erase)\b/],
  ["erases-disk", /^(?:lvremove|vgremove|pvremove)$/],
  ["erases-disk", /^format$/, /(?:^| )[A-Za-z]:/],
  ["erases-disk", /^(?:format-volume|clear-disk|initialize-disk|remove-partition)$/],
  ["erases-disk", /^diskutil$/, /(?:^| )(?:erase|partition|zero)/i],
  ["deletes", /^git$/, /^rm\b(?!.* --cached)/],
  [
    "rewrites-history",
    /^git$/,
    /^push\b.*(?: --force\b| --force-with-lease| --mirror| --delete| -\w*[fd]\w*\b| \+\S| :\S)/,
  ],
  [
    "rewrites-history",
    /^git$/,
    /^(?:filter-branch|filter-repo|reflog (?:expire|delete)|update-ref -d|gc .*--prune=now)/,
  ],
  ["discards-changes", /^git$/, /^reset\b.* --(?:hard|merge)\b/],
  ["discards-changes", /^git$/, /^clean\b(?!.* (?:-\w*n|--dry-run)).* (?:-\w*f|--force)/],
  ["discards-changes", /^git$/, /^checkout\b.*(?: -f\b| --force| --(?: |$)| \.(?: |$))/],
  ["discards-changes", /^git$/, /^restore\b(?!.* (?:--staged|-S)\b)|^restore\b.* (?:--worktree|-\w*W)\b/],
  [
    "discards-changes",
    /^git$/,
    /^stash (?:drop|clear)|^branch\b.* (?:-\w*D\w*|--delete --force|-f -d|-d -f|-df|-fd)\b/,
  ],
  [
    "discards-changes",
    /^git$/,
    /^worktree remove.* -f|^worktree remove.* --force|^switch\b.*(?: -f\b| --discard-changes)/,
  ],
  [
    "opens-permissions",
    /^chmod$/,
    /(?:^| )(?:-\w*R\w*|--recursive)(?: |$)|(?:^| )0?[0-7]?[0-7]?[0-7][2367](?: |$)|(?:^| )(?:[augo]*[ao][augo]*)?\+\w*w|(?:^| )\+s|[au]\+\w*s/,
  ],
  ["opens-permissions", /^(?:chown|chgrp)$/, /(?:^| )(?:-\w*R\w*|--recursive)(?: |$)/],
  ["opens-permissions", /^(?:icacls|takeown|cacls)$/],
  ["opens-permissions", /^(?:set-executionpolicy|setenforce|visudo)$/],
  ["opens-permissions", /^(?:ufw|iptables|nft|netsh)$/, /(?:^| )(?:disable|-F|flush|--flush|reset|off)\b/],
  ["drops-data", /^(?:dropdb|dropuser)$/],
  [
    "drops-data",
    /^(?:rails|rake|prisma|npx|artisan|php|python[\d.]*|sequelize)$/,
    /\b(?:db:drop|db:reset|migrate reset|migrate:fresh|db:wipe|manage\.py flush|db push --force-reset)\b/,
  ],
  ["as-administrator", /^(?:runas)$/],
  ["as-administrator", /^start-process$/, /-verb\s+runas/i],
  ["stops-machine", /^(?:shutdown|reboot|halt|poweroff|restart-computer|stop-computer)$/],
  ["stops-machine", /^(?:init|telinit)$/, /^[06]$/],
  ["stops-machine", /^systemctl$/, /(?:^| )(?:poweroff|reboot|halt|stop|disable|mask|kexec|emergency)\b/],
  ["stops-machine", /^(?:killall|pkill|taskkill|stop-process)$/],
  ["stops-machine", /^kill$/, /(?:^| )-1(?: |$)/],
  ["deletes", /^(?:mv|cp)$/, / \/dev\/null(?: <)?$/],
  ["overwrites-system", /^(?:user(?:add|mod|del)|adduser|deluser|group(?:add|mod|del)|chpasswd)$/],
  ["overwrites-system", /^sc$/, /(?:^| )delete\b/i],
  ["overwrites-system", /^defaults$/, /^delete\b/],
  ["overwrites-system", /^(?:crontab)$/, /(?:^| )-r\b/],
  ["overwrites-system", /^reg$/, /(?:^| )(?:delete|add|import)\b/i],
  [
    "sends-files",
    /^curl$/,
    /^(?!.* (?:-\w*G|--get)\b).*(?:^| )(?:-[fgiIjJkLlMnNqsSvV#]*[dFT]|--data|--json|--form|--upload-file|(?:-X|--request) ?=?(?:POST|PUT|PATCH))/,
  ],
  ["sends-files", /^wget$/, /(?:^| )--(?:post|body)-(?:file|data)/],
  [
    "sends-files",
    /^(?:iwr|irm|invoke-webrequest|invoke-restmethod)$/,
    /(?:^| )-(?:infile|body|form|method (?:post|put|patch))\b/i,
  ],
  ["sends-files", /^(?:nc|ncat|netcat|socat|telnet)$/, / <$|(?:^| )-\w*[ce]\b|(?:^| )--(?:sh-)?exec|exec:/i],
  // To another machine: the last argument is there.
  ["sends-files", /^(?:scp|rsync)$/, /(?:^| )(?:[\w.-]{2,}|\S+@\S+):\S*(?: <)?$/],
  ["sends-files", /^sftp$/, / <$|(?:^| )-b\b/],
  ["sends-files", /^rclone$/, /^(?:copy|copyto|sync|move|moveto)\b/],
  ["deletes", /^rclone$/, /^(?:sync|move|moveto|delete|deletefile|purge)\b/],
  [
    "destroys-cloud",
    /^(?:terraform|tofu|pulumi|cdk|serverless|sls|vagrant)$/,
    /(?:^| )(?:destroy|remove|-auto-approve|--auto-approve)\b/,
  ],
  ["destroys-cloud", /^(?:kubectl|oc|helm)$/, /(?:^| )(?:delete|drain|uninstall|replace .*--force)\b/],
  [
    "destroys-cloud",
    /^(?:aws|gcloud|az|gsutil|s3cmd|heroku|fly|flyctl|doctl)$/,
    /(?:^| )(?:rm|rb|delete\S*|terminate\S*|destroy|purge|remove)(?: |:|$)|apps:destroy/,
  ],
  [
    "destroys-cloud",
    /^(?:docker|podman|nerdctl)$/,
    /^(?:-\S+ (?:[^-\s]\S* )?)*(?:[a-z]+ )?(?:prune|rm|rmi|kill)(?: |$)|^compose .*\b(?:down .*(?:-v|--volumes)|rm|kill)(?: |$)/,
  ],
  ["destroys-cloud", /^curl$/, /(?:^| )(?:-X|--request) ?=?DELETE\b/],
  ["destroys-cloud", /^(?:iwr|irm|invoke-webrequest|invoke-restmethod)$/, /(?:^| )-method delete\b/i],
  ["destroys-cloud", /^remove-(?:ad|az|dns|iis|mg|net|smb|vm)/],
  ["destroys-cloud", /^gh$/, /^api\b.* (?:-X|--method) ?=?DELETE\b/],
  ["destroys-cloud", /^docker-compose$/, /(?:^| )down\b.*(?:-v\b|--volumes)/],
  [
    "publishes",
    /^(?:npm|pnpm|yarn|cargo|gem|twine|poetry|vsce|dotnet|mvn|gh)$/,
    /(?:^| )(?:publish|unpublish|upload|yank|deploy|nuget push|release create|repo delete)\b/,
  ],
];
