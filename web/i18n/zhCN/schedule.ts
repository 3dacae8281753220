// Chinese words of: schedule.
import type { Dictionary } from '../en.ts'

export const schedule: Dictionary['schedule'] = {
  next: '下次直播',
  soon: '即将开始',
  inDays_one: '{{count}} 天',
  inDays_other: '{{count}} 天',
  remind: '提醒我',
  reminding: '已设提醒',
  remindName: '提醒我观看《{{title}}》',
  reminders_one: '{{count}} 人将收到提醒',
  reminders_other: '{{count}} 人将收到提醒',
  later: '之后的直播',
  announce: '发布预告',
  announceLead: '观众会在你的频道看到倒计时并可设置提醒：开播前 10 分钟以及每次变更都会通知他们。',
  showTitle: '标题',
  startsAt: '开始时间',
  zone: '按你的时区（{{zone}}）填写，观众看到的是各自的时间。',
  add: '发布',
  upcoming: '已发布的预告',
  none: '还没有预告。',
  edit: '修改',
  cancelShow: '取消预告',
  cancelTitle: '取消《{{title}}》？',
  cancelBody: '所有设了提醒的人都会收到通知。',
  past: '请选择将来的时间。',
}
